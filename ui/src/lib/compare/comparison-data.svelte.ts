// Owns the lines of the comparison that is open: read for each view of it, the one before given up.
import type { FleetHistoryQuery } from '../api/client.ts'
import { fleetPages, type Ask } from './fleet-pages.ts'
import { hostLines, type HostLine } from './host-line.ts'

export interface ComparisonQuery extends FleetHistoryQuery {
  /** The series that the reader chose, of those that `metric` brings (series-choice.ts). */
  readonly chosen: string
}

/** What is shown: of one metric and of one choice of hosts, but perhaps of the stretch of time before. */
export interface Loaded {
  readonly query: ComparisonQuery
  readonly lines: readonly HostLine[]
  readonly stepMs: number
  /** Counts what was loaded. */
  readonly version: number
}

/** Views that follow each other faster are one question to the hub. */
const SETTLE_MS = 150

export class ComparisonData {
  loaded = $state.raw<Loaded | null>(null)
  /** How many hosts have been read of how many, while they are. */
  progress = $state.raw<{ readonly done: number; readonly total: number } | null>(null)
  /** Why the newest reading failed; what was shown before stays. */
  problem = $state.raw<unknown>(null)

  readonly #ask: Ask
  #reading = new AbortController()
  #settling: ReturnType<typeof setTimeout> | undefined
  #version = 0
  #isReading = false

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** Reads another view, and gives up the one that is being read. */
  show(query: ComparisonQuery): void {
    this.#giveUp()
    if (this.loaded && !isSameChoice(this.loaded.query, query)) {
      this.loaded = null
      this.problem = null
    }
    const reading = new AbortController()
    this.#reading = reading
    this.#isReading = true
    this.#settling = setTimeout(() => void this.#read(query, reading.signal), SETTLE_MS)
  }

  /** A reading is under way, or about to be. */
  get isReading(): boolean {
    return this.#isReading
  }

  /** Nothing changes any more afterwards. */
  close(): void {
    this.#giveUp()
  }

  #giveUp(): void {
    clearTimeout(this.#settling)
    this.#reading.abort()
    this.progress = null
    this.#isReading = false
  }

  async #read(query: ComparisonQuery, signal: AbortSignal): Promise<void> {
    const total = query.hosts.length
    const lines: HostLine[] = []
    const isFirst = this.loaded === null
    let stepMs = 0
    this.progress = { done: 0, total }
    try {
      for await (const page of fleetPages(query, this.#ask, signal)) {
        lines.push(...hostLines(page, query.chosen))
        stepMs = Math.max(stepMs, page.stepMs)
        this.progress = { done: lines.length, total }
        // A view that replaces another appears whole; the first one as it comes.
        if (isFirst) this.#publish(query, lines, stepMs)
      }
      this.#publish(query, lines, stepMs)
      this.problem = null
    } catch (problem) {
      if (signal.aborted) return
      this.problem = problem
    }
    this.progress = null
    this.#isReading = false
  }

  #publish(query: ComparisonQuery, lines: readonly HostLine[], stepMs: number): void {
    this.loaded = { query, lines: [...lines], stepMs, version: ++this.#version }
  }
}

function isSameChoice(one: ComparisonQuery, other: ComparisonQuery): boolean {
  return (
    one.chosen === other.chosen &&
    one.hosts.length === other.hosts.length &&
    one.hosts.every((id, index) => id === other.hosts[index])
  )
}
