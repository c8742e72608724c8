// Owns what people change of their own account, and the proof that is asked for it.
import type { IncomingHttpHeaders } from 'node:http'
import type { SecondFactorState } from '@vigie/shared/api/own-account'
import type { Accounts } from './accounts.ts'
import type { SecondFactor } from './second-factor.ts'
import type { createSecondFactorPolicy } from './second-factor-policy.ts'
import type { createSessions, Ending } from './sessions.ts'
import type { SignIn } from './sign-in.ts'

/** Whose account it is, and which session asks. */
export interface Owner {
  readonly personId: string
  readonly sessionId: string
  readonly headers: IncomingHttpHeaders
}

export interface OwnAccountParts {
  readonly accounts: Accounts
  readonly sessions: ReturnType<typeof createSessions>
  readonly secondFactor: SecondFactor
  readonly policy: Pick<ReturnType<typeof createSecondFactorPolicy>, 'isDemandedOf'>
  readonly signIn: SignIn
  readonly onRights: () => void
}

export type Unproven = 'wrong' | 'none' | 'wait'

export function createOwnAccount(parts: OwnAccountParts) {
  const { accounts, sessions, secondFactor, policy, signIn, onRights } = parts

  const endSessions = async (ending: Ending): Promise<number> => {
    const ended = await sessions.end(ending)
    onRights()
    return ended
  }

  return {
    rename: (owner: Owner, name: string) => accounts.change(owner.personId, { name }),

    /** Ends every other session. */
    async changePassword(
      { personId, sessionId }: Owner,
      { current, password }: { current: string; password: string },
    ): Promise<'done' | Unproven> {
      const proven = await accounts.passwordHash(personId)
      if (proven === undefined) return 'none'
      const proof = await signIn.provePassword(personId, current)
      if (proof !== 'good') return proof
      if (!(await accounts.replacePassword(personId, { proven, password }))) return 'wrong'
      await endSessions({ personId, exceptId: sessionId })
      return 'done'
    },

    listSessions: ({ personId, sessionId }: Owner) => sessions.list(personId, sessionId),
    /** How many were ended. */
    endSession: ({ personId }: Owner, id: string) => endSessions({ personId, id }),
    endOtherSessions: ({ personId, sessionId }: Owner) =>
      endSessions({ personId, exceptId: sessionId }),

    async secondFactorState({ personId }: Owner): Promise<SecondFactorState> {
      const isDemanded = await policy.isDemandedOf(personId)
      return { ...(await secondFactor.state(personId)), isDemanded }
    },

    async beginSecondFactor({ personId, headers }: Owner, password: string) {
      const proof = await signIn.provePassword(personId, password)
      return proof === 'good' ? secondFactor.begin(headers, { personId, password }) : proof
    },

    /** Undefined: the code is wrong. */
    async confirmSecondFactor({ personId, headers }: Owner, code: string) {
      const waitMs = await secondFactor.lockedForMs(personId)
      if (waitMs > 0) return { waitMs }
      // The session that asks is made anew: not when it has been ended.
      return sessions.comeIn(personId, () => secondFactor.confirm(headers, { personId, code }))
    },

    /** Undefined: it is off. */
    async renewRecoveryCodes({ personId, headers }: Owner, password: string) {
      const proof = await signIn.provePassword(personId, password)
      return proof === 'good'
        ? secondFactor.renewRecoveryCodes(headers, { personId, password })
        : proof
    },

    async disableSecondFactor(
      { personId }: Owner,
      password: string,
    ): Promise<'done' | 'demanded' | Unproven> {
      if (await policy.isDemandedOf(personId)) return 'demanded'
      const proof = await signIn.provePassword(personId, password)
      if (proof !== 'good') return proof
      await secondFactor.end(personId)
      return 'done'
    },
  }
}
