// Owns what the page of advisories knows and does: the list, those that are read whole, the watch, and what people say they did.
import type { AdvisoryDetail, AdvisoryPage, HandledDraft } from '@vigie/shared/api/advisory'
import type { AdvisoryQuery } from '../api/cert.ts'
import { AdvisoryDetails } from './advisory-details.svelte.ts'
import { AdvisoryList } from './advisory-list.svelte.ts'
import { WatchReader, type WatchPorts } from './watch-reader.svelte.ts'

export interface CertPorts extends WatchPorts {
  advisories(query: AdvisoryQuery): Promise<AdvisoryPage>
  advisory(reference: string): Promise<AdvisoryDetail>
  handle(reference: string, draft: HandledDraft): Promise<void>
  unhandle(reference: string): Promise<void>
}

/** Has timers; {@link CertPage.close} ends them. */
export class CertPage {
  readonly list: AdvisoryList
  readonly details: AdvisoryDetails
  readonly watch: WatchReader
  readonly #ports: CertPorts

  constructor(ports: CertPorts) {
    this.#ports = ports
    this.list = new AdvisoryList((query) => ports.advisories(query))
    this.details = new AdvisoryDetails((reference) => ports.advisory(reference))
    this.watch = new WatchReader({
      watch: () => ports.watch(),
      check: () => ports.check(),
      onnews: () => void this.#renew(),
    })
  }

  /** Rejects when it could not be kept, like the next: whoever wrote a comment still has it. */
  async handle(reference: string, draft: HandledDraft): Promise<void> {
    await this.#ports.handle(reference, draft)
    await this.#renew(reference)
  }

  async unhandle(reference: string): Promise<void> {
    await this.#ports.unhandle(reference)
    await this.#renew(reference)
  }

  close(): void {
    this.list.close()
    this.details.close()
    this.watch.close()
  }

  async #renew(reference?: string): Promise<void> {
    this.#ports.onnews()
    await Promise.all([this.list.refresh(), this.details.refresh(reference)])
  }
}
