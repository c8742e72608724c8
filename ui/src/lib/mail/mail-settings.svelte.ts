// Owns how mail leaves the hub and who is mailed, as the settings show it: read, read again, and changed.
import type { MailSetup, Recipient, RecipientDraft } from '@vigie/shared/api/mail'
import { Refreshing } from '../incidents/refreshing.ts'

export interface MailSettingsSource {
  readonly mailSetup: () => Promise<MailSetup>
  readonly putRecipient: (address: string, draft: RecipientDraft) => Promise<Recipient>
  readonly deleteRecipient: (address: string) => Promise<void>
  readonly retryMails: () => Promise<void>
}

const REFRESH_MS = 5000

export class MailSettings {
  setup = $state.raw<MailSetup | null>(null)
  /** Why the newest reading failed; what was known stays. */
  problem = $state.raw<unknown>(null)
  /** Of trying everything now. */
  retrying = $state<'idle' | 'working' | 'done'>('idle')
  retryProblem = $state.raw<unknown>(null)

  readonly #source: MailSettingsSource

  constructor(source: MailSettingsSource) {
    this.#source = source
  }

  /** Reads now and again while somebody looks; the answer stops it. */
  start(): () => void {
    void this.read()
    const refreshing = new Refreshing(() => void this.read(), { everyMs: REFRESH_MS })
    return () => refreshing.close()
  }

  async read(): Promise<void> {
    try {
      this.setup = await this.#source.mailSetup()
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }

  async put(address: string, draft: RecipientDraft): Promise<void> {
    await this.#source.putRecipient(address, draft)
    await this.read()
  }

  async delete(address: string): Promise<void> {
    await this.#source.deleteRecipient(address)
    await this.read()
  }

  async retry(): Promise<void> {
    this.retrying = 'working'
    this.retryProblem = null
    try {
      await this.#source.retryMails()
      this.retrying = 'done'
      await this.read()
    } catch (problem) {
      this.retryProblem = problem
      this.retrying = 'idle'
    }
  }
}
