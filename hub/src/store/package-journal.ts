// Owns writing what hosts tell of their packages in the background: nobody waits for it, and none is lost by a clean stop.
import type { FastifyBaseLogger } from 'fastify'
import { GatheredWrites } from '../gathered-writes.ts'
import type { PackageChange } from '../ingest/ports.ts'
import type { PackageRecords } from './package-records.ts'

export interface PackageJournalParts {
  readonly records: PackageRecords
  readonly log: FastifyBaseLogger
  /** What waits to be written, in UTF-16 code units of lines; {@link MAX_LENGTH} unless a test says otherwise. */
  readonly maxLength?: number
  /** What a host has told is on the disk. */
  readonly onWritten?: (hostId: number) => void
  /** What a host has told could not be kept: it is to tell all of its packages again. Once, until something of it is kept. */
  readonly onForgotten?: (hostId: number) => void
}

/** Packages rarely change, and a host is a commit: ticks have theirs in between. */
const GATHER_MS = 100
const HOSTS_PER_COMMIT = 100
const RETRY_MS = 5000
/** While nothing can be written what came first goes, and its host has to tell all of its packages again. */
const MAX_LENGTH = 128 * 1024 * 1024

interface Entry {
  readonly hostId: number
  readonly change: PackageChange
  readonly length: number
}

/** Has a timer; {@link PackageJournal.close} writes what is left. */
export class PackageJournal {
  readonly #parts: PackageJournalParts
  readonly #writes: GatheredWrites
  readonly #hashes: Map<number, string>
  #entries: Entry[] = []
  #length = 0
  /** Hosts that are to tell all of their packages again. */
  readonly #forgotten = new Set<number>()
  /** Hosts that were asked to, and of which nothing was kept since. */
  readonly #asked = new Set<number>()

  private constructor(parts: PackageJournalParts, hashes: Map<number, string>) {
    this.#parts = parts
    this.#hashes = hashes
    this.#writes = new GatheredWrites({
      gatherMs: GATHER_MS,
      retryMs: RETRY_MS,
      isEmpty: () => this.#entries.length === 0,
      commit: () => this.#commitNext(),
    })
  }

  /** Reads which lists are kept. */
  static async open(parts: PackageJournalParts): Promise<PackageJournal> {
    const lists = await parts.records.list()
    return new PackageJournal(parts, new Map(lists.map(({ hostId, hash }) => [hostId, hash])))
  }

  /** The list that a host told last; null when there is none, or it could not be kept. */
  hashOf(hostId: number): string | null {
    return this.#hashes.get(hostId) ?? null
  }

  /** Takes what a host told. */
  add(hostId: number, change: PackageChange): void {
    const length = lengthOf(change.put) + lengthOf(change.removed)
    // A whole list makes what was told before it void.
    if (change.base === null) this.#drop((entry) => entry.hostId === hostId)
    this.#entries.push({ hostId, change, length })
    this.#length += length
    this.#hashes.set(hostId, change.hash)
    this.#forgotten.delete(hostId)
    const { maxLength = MAX_LENGTH } = this.#parts
    while (this.#length > maxLength && this.#entries.length > 1) this.#makeRoom()
    this.#writes.added()
  }

  /** Resolves when everything that was handed in has been written, or could not be and that was logged. */
  async close(): Promise<void> {
    await this.#writes.close()
  }

  async #commitNext(): Promise<boolean> {
    for (let written = 0; written < HOSTS_PER_COMMIT; written++) {
      const [entry] = this.#entries
      if (!entry) break
      if (!(await this.#commit(entry))) return false
    }
    return true
  }

  async #commit(entry: Entry): Promise<boolean> {
    const { records, log, onWritten } = this.#parts
    const { hostId, change } = entry
    let isKept: boolean
    try {
      isKept = await records.apply(hostId, change)
    } catch (error) {
      log.error({ err: error, host: hostId }, 'packages could not be written; trying again')
      return false
    }
    if (isKept) {
      this.#asked.delete(hostId)
      onWritten?.(hostId)
    } else if (this.#entries.includes(entry)) {
      log.warn({ host: hostId }, 'a change of packages does not fit what is kept of them')
      this.#forget(entry)
    }
    this.#drop((one) => one === entry)
    this.#askForgotten()
    return true
  }

  // Not before the database answers: while the disk is full all of it would be told again and again. And once: what a host
  // tells may never fit, which is no reason not to listen to it.
  #askForgotten(): void {
    const forgotten = [...this.#forgotten].filter((hostId) => !this.#asked.has(hostId))
    this.#forgotten.clear()
    for (const hostId of forgotten) {
      this.#asked.add(hostId)
      this.#parts.onForgotten?.(hostId)
    }
  }

  #makeRoom(): void {
    const [oldest] = this.#entries
    if (!oldest) return
    this.#parts.log.warn({ host: oldest.hostId }, 'packages wait for the disk and are too many')
    this.#forget(oldest)
  }

  // What it changed after this changes a list that is not there.
  #forget(entry: Entry): void {
    this.#drop(({ hostId }) => hostId === entry.hostId)
    this.#hashes.delete(entry.hostId)
    this.#forgotten.add(entry.hostId)
  }

  #drop(isDropped: (entry: Entry) => boolean): void {
    this.#entries = this.#entries.filter((entry) => !isDropped(entry))
    this.#length = this.#entries.reduce((sum, { length }) => sum + length, 0)
  }
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0)
}
