// Owns asking whose token a request carries: at every door alike, and of one address only so often in vain.
import type { Clock } from '../clock.ts'
import { AddressBuckets } from '../token-bucket.ts'
import type { Holder } from './gate.ts'
import { ProblemError } from './problem.ts'

export interface TokenGate {
  /**
   * Whose token a new request carries; undefined when the hub does not know it. Rejects with the problem that refuses
   * the request when its address has said too many of those.
   */
  holderOf(token: string, address: string): Promise<Holder | undefined>
  /** The same of a request that was let in before. */
  find(token: string): Promise<Holder | undefined>
}

/** Tokens of one address that the hub does not know. A good one passes all the same: others may share the address. */
const BAD_TOKENS = { burst: 20, perSecond: 0.2 }

export function createTokenGate(tokens: Pick<TokenGate, 'find'>, clock: Clock): TokenGate {
  const badTokens = new AddressBuckets(BAD_TOKENS)
  return {
    find: (token) => tokens.find(token),
    async holderOf(token, address) {
      const holder = await tokens.find(token)
      if (!holder && !badTokens.take(address, clock.elapsedMs())) {
        throw new ProblemError('too-many-requests')
      }
      return holder
    },
  }
}
