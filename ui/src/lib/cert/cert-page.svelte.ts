// Owns what the page of advisories knows and does: the list, those that are read whole, the watch, and what people say they did.
import type { AdvisoryDetail, AdvisoryPage, HandledDraft } from '@vigie/shared/api/advisory'
import type { AdvisoryQuery } from '../api/cert.ts'
import { AdvisoryDetails } from './advisory-details.svelte.ts'
import { AdvisoryList } from './advisory-list.svelte.ts'
import { CertRefreshing, type CertSocket } from './cert-refreshing.ts'
import { WatchReader, type WatchPorts } from './watch-reader.svelte.ts'

export interface CertPorts extends WatchPorts {
  advisories(query: AdvisoryQuery): Promise<AdvisoryPage>
  advisory(reference: string): Promise<AdvisoryDetail>
  handle(reference: string, draft: HandledDraft): Promise<void>
  unhandle(reference: string): Promise<void>
  take(reference: string): Promise<void>
  handOver(reference: string, to: string, text: string): Promise<void>
}

/** Has timers; {@link CertPage.close} ends them. */
export class CertPage {
  readonly list: AdvisoryList
  readonly details: AdvisoryDetails
  readonly watch: WatchReader
  readonly #ports: CertPorts
  readonly #refreshing: CertRefreshing

  constructor(ports: CertPorts, socket: CertSocket) {
    this.#ports = ports
    this.list = new AdvisoryList((query) => ports.advisories(query))
    this.details = new AdvisoryDetails((reference) => ports.advisory(reference))
    this.watch = new WatchReader({ watch: () => ports.watch(), check: () => ports.check() }, socket)
    this.#refreshing = new CertRefreshing(socket, 'advisories', () => void this.#renew())
  }

  /** Rejects when it could not be kept, like the next: whoever wrote a comment still has it. */
  handle(reference: string, draft: HandledDraft): Promise<void> {
    return this.#act(reference, this.#ports.handle(reference, draft))
  }

  unhandle(reference: string): Promise<void> {
    return this.#act(reference, this.#ports.unhandle(reference))
  }

  take(reference: string): Promise<void> {
    return this.#act(reference, this.#ports.take(reference))
  }

  handOver(reference: string, to: string, text: string): Promise<void> {
    return this.#act(reference, this.#ports.handOver(reference, to, text))
  }

  close(): void {
    this.#refreshing.close()
    this.list.close()
    this.details.close()
    this.watch.close()
  }

  async #act(reference: string, done: Promise<void>): Promise<void> {
    await done
    await this.#renew(reference)
  }

  // The bar has its own.
  async #renew(reference?: string): Promise<void> {
    await Promise.all([this.list.refresh(), this.details.refresh(reference)])
  }
}
