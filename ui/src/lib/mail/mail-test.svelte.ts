// Owns a test of mail: one of each kind is written, and each is looked at until the relay has taken it or refused for good.
import type { Mail, MailKind } from '@vigie/shared/api/mail'

interface Written {
  readonly id: number
  readonly kind: MailKind
}

export interface MailTestSource {
  readonly testMail: (to: string) => Promise<readonly Written[]>
  readonly mail: (id: number) => Promise<Mail>
}

export interface TestedMail extends Written {
  /** Null until the ledger has been read. */
  readonly mail: Mail | null
}

const SOON_MS = 500
const LATER_MS = 3000
/** A relay that answers at all has done so by then; what waits for its next try is looked at more seldom. */
const SOON_READINGS = 20

/** Has a timer until {@link MailTest.close}. */
export class MailTest {
  /** Null before the first test. */
  mails = $state.raw<readonly TestedMail[] | null>(null)
  isSending = $state(false)
  problem = $state.raw<unknown>(null)

  readonly #source: MailTestSource
  #timer: ReturnType<typeof setTimeout> | undefined
  #round = 0

  constructor(source: MailTestSource) {
    this.#source = source
  }

  async send(to: string): Promise<void> {
    this.close()
    const round = this.#round
    this.isSending = true
    this.problem = null
    try {
      const written = await this.#source.testMail(to)
      if (round !== this.#round) return
      this.mails = written.map((each) => ({ ...each, mail: null }))
      await this.#look(round, 0)
    } catch (problem) {
      this.problem = problem
    } finally {
      this.isSending = false
    }
  }

  /** Idempotent. */
  close(): void {
    this.#round++
    clearTimeout(this.#timer)
  }

  async #look(round: number, readings: number): Promise<void> {
    const mails = await Promise.all((this.mails ?? []).map((each) => this.#read(each)))
    if (round !== this.#round) return
    this.mails = mails
    if (mails.every(({ mail }) => mail !== null && mail.state !== 'waiting')) return
    const afterMs = readings < SOON_READINGS ? SOON_MS : LATER_MS
    this.#timer = setTimeout(() => void this.#look(round, readings + 1), afterMs)
  }

  async #read(tested: TestedMail): Promise<TestedMail> {
    if (tested.mail !== null && tested.mail.state !== 'waiting') return tested
    try {
      return { ...tested, mail: await this.#source.mail(tested.id) }
    } catch {
      // The hub may be away for a moment: what was read stays, and it is read again.
      return tested
    }
  }
}
