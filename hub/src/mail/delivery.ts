// Owns what every way out of the hub has in common: one try of one mail, and the word on it.
import type { OutboxMail } from './ports.ts'

/** `code` is SMTP's or HTTP's, null when none came; `answer` the other side's own words, or what kept it from speaking. */
export type DeliveryOutcome =
  | { readonly outcome: 'delivered'; readonly code: number | null; readonly answer: string }
  | {
      readonly outcome: 'deferred'
      readonly code: number | null
      readonly answer: string
      /** It is the way out that fails, and no fault of this mail. */
      readonly isChannelFault: boolean
      /** Asked for by the other side. */
      readonly retryAfterMs?: number
    }
  | { readonly outcome: 'refused'; readonly code: number | null; readonly answer: string }

export interface Channel {
  readonly name: 'primary' | 'fallback' | 'webhook'
  /** Tries once. Never rejects: what went wrong is an outcome. */
  deliver(mail: OutboxMail): Promise<DeliveryOutcome>
  /** Ends what is under way; its outcome says so. */
  close(): void
}

/** What a mail is told while nothing is set up that could carry it. */
export function missingChannel(name: Channel['name'], setting: string): Channel {
  return {
    name,
    deliver: () =>
      Promise.resolve({
        outcome: 'deferred',
        code: null,
        answer: `nothing is set up to send it: set ${setting}`,
        isChannelFault: true,
      }),
    close: () => undefined,
  }
}

const MAX_ANSWER_LENGTH = 500

/** Another machine's words as one line of the ledger. */
export function asAnswer(words: string, maxLength = MAX_ANSWER_LENGTH): string {
  const line = words.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line
}
