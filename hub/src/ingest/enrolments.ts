// Owns the making of invitations: join tokens, of which the hub keeps only a hash, and what became of each.
import { randomBytes } from 'node:crypto'
import { formatJoinToken } from '@vigie/shared/protocol/handshake'
import type { EnrolmentRequest, EnrolmentState } from '@vigie/shared/api/enrolment'
import type { Clock } from '../clock.ts'
import { hashOfSecret } from './handshake.ts'

export const ENROLMENT_TTL_MS = 15 * 60_000

export interface EnrolmentKeeper {
  add(
    enrolment: {
      id: string
      secretSha256: string
      name: string | null
      replacesHostId: number | null
      maxUses: number
      expiresAtMs: number
    },
    nowMs: number,
  ): Promise<void>
  find(
    id: string,
  ): Promise<{ expiresAtMs: number; hostId: number | null; isAwaited: boolean } | undefined>
}

export interface EnrolmentOptions {
  readonly keeper: EnrolmentKeeper
  /** SHA-256 of the hub's key, which the token carries. */
  readonly hubFingerprint: string
  readonly clock: Clock
}

export function createEnrolments({ keeper, hubFingerprint, clock }: EnrolmentOptions) {
  return {
    /** Makes an invitation, for one machine unless it says otherwise. The token cannot be asked for again. */
    async create(
      wanted: EnrolmentRequest,
    ): Promise<{ id: string; token: string; expiresAtMs: number }> {
      const { name = null, hostId: replacesHostId = null, uses: maxUses = 1 } = wanted
      const id = randomBytes(9).toString('base64url')
      const secret = randomBytes(24).toString('base64url')
      const nowMs = clock.nowMs()
      const expiresAtMs = nowMs + (wanted.validForMs ?? ENROLMENT_TTL_MS)
      const secretSha256 = hashOfSecret(secret)
      await keeper.add({ id, secretSha256, name, replacesHostId, maxUses, expiresAtMs }, nowMs)
      return { id, token: formatJoinToken({ id, secret, hubFingerprint }), expiresAtMs }
    },

    async state(id: string): Promise<EnrolmentState | undefined> {
      const enrolment = await keeper.find(id)
      if (!enrolment) return undefined
      const { expiresAtMs, hostId, isAwaited } = enrolment
      return { id, expiresAtMs, hostId, isAwaitingApproval: isAwaited }
    },
  }
}

export type Enrolments = ReturnType<typeof createEnrolments>
