// Owns the advisories that are read whole, with whom they concern and why: some at once, as many as are wanted.
import type { AdvisoryDetail } from '@vigie/shared/api/advisory'
import { SvelteMap } from 'svelte/reactivity'

export type Reading =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly detail: AdvisoryDetail }
  | { readonly state: 'failed'; readonly problem: unknown }

/** Read one after the other: nobody reads two at once. */
export class AdvisoryDetails {
  readonly #byReference = new SvelteMap<string, Reading>()
  readonly #read: (reference: string) => Promise<AdvisoryDetail>
  #queue: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(read: (reference: string) => Promise<AdvisoryDetail>) {
    this.#read = read
  }

  get(reference: string): Reading | undefined {
    return this.#byReference.get(reference)
  }

  /** Has these read, unless they were. */
  want(references: readonly string[]): void {
    for (const reference of references) {
      if (this.#byReference.has(reference)) continue
      this.#byReference.set(reference, { state: 'reading' })
      void this.#enqueue(reference)
    }
  }

  /** Somebody asks for one, or asks again. */
  retry(reference: string): void {
    this.#byReference.set(reference, { state: 'reading' })
    void this.#enqueue(reference)
  }

  /** Reads one again, or all that are wanted; what is shown stays until then. */
  async refresh(reference?: string): Promise<void> {
    const wanted = reference === undefined ? [...this.#byReference.keys()] : [reference]
    await Promise.all(wanted.map((each) => this.#enqueue(each)))
  }

  close(): void {
    this.#isClosed = true
  }

  #enqueue(reference: string): Promise<void> {
    this.#queue = this.#queue.then(() => this.#take(reference))
    return this.#queue
  }

  async #take(reference: string): Promise<void> {
    if (this.#isClosed) return
    try {
      const detail = await this.#read(reference)
      this.#byReference.set(reference, { state: 'read', detail })
    } catch (problem) {
      if (this.#byReference.get(reference)?.state === 'read') return
      this.#byReference.set(reference, { state: 'failed', problem })
    }
  }
}
