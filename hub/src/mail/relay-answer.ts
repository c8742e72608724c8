// Owns how a relay's error is read: a fault of the mail, which ends it, or one of the relay, which passes (docs/alerts.md, M2).
import { asAnswer, type DeliveryOutcome } from './delivery.ts'

/** What nodemailer's errors say of themselves. */
export interface RelayError {
  readonly message: string
  /** `EENVELOPE` and `EMESSAGE` are of the mail, all others of the way there. */
  readonly code?: string | undefined
  readonly response?: string | undefined
  readonly responseCode?: number | undefined
}

/** How far an attempt had come: before the content, within it, or with its last byte on the way. */
export type Progress = 'talking' | 'sent'

// Said to a mail and meant for whoever set the relay up: the order of commands, and who one has to be
// (RFC 5321, section 4.2.3; RFC 4954, section 6).
const CODES_OF_SET_UP: readonly number[] = [503, 530, 534, 535, 538]

export function outcomeOfError(error: RelayError, progress: Progress): DeliveryOutcome {
  const { code, response, responseCode } = error
  const isOfMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const answer = asAnswer(response ?? wordsFor(error))
  if (responseCode === undefined) {
    if (isOfMail) return { outcome: 'refused', code: null, answer }
    return {
      outcome: 'deferred',
      code: null,
      // The hub cannot know: RFC 5321, section 4.5.5 has it sent again.
      answer: progress === 'sent' ? `${answer}; it was sent whole and may have arrived` : answer,
      isChannelFault: true,
    }
  }
  const isPermanent = responseCode >= 500 && responseCode < 600
  if (isOfMail && isPermanent && !CODES_OF_SET_UP.includes(responseCode)) {
    return { outcome: 'refused', code: responseCode, answer }
  }
  const isChannelFault = !isOfMail || isPermanent
  return { outcome: 'deferred', code: responseCode, answer, isChannelFault }
}

function wordsFor({ message, code }: RelayError): string {
  if (code === 'EABORT') return 'the relay did not answer in time'
  // What nodemailer's pool says when a connection ended before anything was said on it.
  if (message.startsWith('Reached maximum number of retries')) {
    return 'the relay closed the connection before it said anything'
  }
  return message
}
