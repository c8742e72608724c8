// Owns the signed tokens behind a mail's buttons: each does one thing to one incident, for one recipient, until it expires.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.ts'

export type MailAction = 'acknowledge' | 'silence'

export interface ActionGrant {
  readonly action: MailAction
  readonly incidentId: number
  /** Whose mail it was: what is done with it is done in their name. */
  readonly recipient: string
}

export interface ActionTokens {
  write(grant: ActionGrant): string
  /** Undefined when it is not one of ours, or has expired. */
  read(token: string): ActionGrant | undefined
}

const ACTIONS: readonly MailAction[] = ['acknowledge', 'silence']
const KEPT_MS = 7 * 86_400_000
const MAX_LENGTH = 600
// action, incident as float64, expiry in seconds as uint32; the recipient; the seal
const HEAD_BYTES = 1 + 8 + 4
const SEAL_BYTES = 16

/** `secret` is the hub's own; tokens are sealed with HMAC-SHA-256 (RFC 2104) under a key derived from it (RFC 5869). */
export function createActionTokens(secret: string, clock: Clock): ActionTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'vigie mail actions', 32))
  const sealOf = (content: Uint8Array): Buffer =>
    createHmac('sha256', key).update(content).digest().subarray(0, SEAL_BYTES)

  return {
    write({ action, incidentId, recipient }) {
      const head = Buffer.alloc(HEAD_BYTES)
      head.writeUInt8(ACTIONS.indexOf(action), 0)
      head.writeDoubleBE(incidentId, 1)
      head.writeUInt32BE(Math.floor((clock.nowMs() + KEPT_MS) / 1000), 9)
      const content = Buffer.concat([head, Buffer.from(recipient)])
      return Buffer.concat([content, sealOf(content)]).toString('base64url')
    },

    read(token) {
      if (token.length > MAX_LENGTH || !/^[\w-]+$/.test(token)) return undefined
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length < HEAD_BYTES + SEAL_BYTES) return undefined
      const content = bytes.subarray(0, -SEAL_BYTES)
      if (!timingSafeEqual(sealOf(content), bytes.subarray(-SEAL_BYTES))) return undefined
      const action = ACTIONS[content.readUInt8(0)]
      const isExpired = content.readUInt32BE(9) * 1000 <= clock.nowMs()
      if (!action || isExpired) return undefined
      return {
        action,
        incidentId: content.readDoubleBE(1),
        recipient: content.subarray(HEAD_BYTES).toString(),
      }
    },
  }
}
