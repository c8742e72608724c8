// Owns the asking for history: for what the charts in sight lack, together, a few times a second at most.
import type { Stretch } from '../chart/time-range.ts'
import type { Columns, Edges, Tier } from './tier.ts'
import type { Tiers, Wish } from './tiers.ts'

export interface HistoryRequest extends Stretch {
  readonly keys: readonly string[]
  readonly stepMs: number
}

export interface LoaderPort {
  readonly tiers: Tiers
  edgesOf(tier: Tier): Edges
  /** Reads whole slots of some series; those that have none may be left out. Rejects when they cannot be had. */
  fetch(request: HistoryRequest, signal: AbortSignal): Promise<ReadonlyMap<string, Columns>>
  /** Told after each answer: with a sentence when it could not be had, and is asked for again. */
  onAnswer(failure: string | null): void
}

interface Flight extends HistoryRequest {
  readonly abort: AbortController
}

/** Charts that come into sight together are asked for together. */
const GATHER_MS = 30
const ASK_EVERY_MS = 400
const MAX_FLIGHTS = 3
const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000] as const
/** What one address may be long, and how many series the hub takes in it. */
const MAX_KEYS = 64
const MAX_KEYS_LENGTH = 6000
const MAX_POINTS = 4000
const MAX_REQUEST_MS = 30 * 86_400_000
/** The hub gives single samples of at most a day. */
const MAX_RAW_MS = 86_400_000
const MAX_PAGES = 4000

export class HistoryLoader {
  readonly #port: LoaderPort
  readonly #wishes = new Map<string, Wish>()
  readonly #flights = new Set<Flight>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #nextMs = 0
  #failures = 0
  #closed = false

  constructor(port: LoaderPort) {
    this.#port = port
  }

  /** What a chart shows now; null when it is out of sight. */
  wish(id: string, wish: Wish | null): void {
    if (wish) this.#wishes.set(id, wish)
    else this.#wishes.delete(id)
    this.#soon()
  }

  /** What charts in sight are shown at, the finest first. */
  steps(): number[] {
    const steps = [...this.#wishes.values()].map(({ stepMs }) => stepMs)
    return [...new Set(steps)].sort((a, b) => a - b)
  }

  /** Asks at once for what could not be had. */
  retry(): void {
    this.#nextMs = 0
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#soon()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const { abort } of this.#flights) abort.abort()
  }

  #soon(): void {
    if (this.#closed) return
    this.#timer ??= setTimeout(
      () => this.#turn(),
      Math.max(GATHER_MS, this.#nextMs - performance.now()),
    )
  }

  #turn(): void {
    this.#timer = undefined
    for (const flight of this.#flights) {
      if (!this.#isWanted(flight)) flight.abort.abort()
    }
    const requests = requestsOf(this.#lacked(), (stepMs) => this.#port.tiers.of(stepMs).isRaw)
    if (requests.length === 0) return
    this.#nextMs = performance.now() + ASK_EVERY_MS
    for (const request of requests.slice(0, MAX_FLIGHTS - this.#flights.size)) {
      void this.#ask(request)
    }
  }

  /** The slots that are lacked, each with the series that lack them. */
  #lacked(): HistoryRequest[] {
    const lacked = new Map<string, HistoryRequest & { keys: string[] }>()
    for (const { keys, stepMs, ...stretch } of this.#wishes.values()) {
      const tier = this.#port.tiers.of(stepMs)
      const edges = this.#port.edgesOf(tier)
      for (const { key, fromMs, toMs } of keys.flatMap((each) =>
        tier.needs(each, stretch, edges),
      )) {
        if (this.#isOnItsWay({ keys: [key], stepMs, fromMs, toMs })) continue
        const name = `${stepMs} ${fromMs} ${toMs}`
        const known = lacked.get(name) ?? { stepMs, fromMs, toMs, keys: [] }
        lacked.set(name, known)
        if (!known.keys.includes(key)) known.keys.push(key)
      }
    }
    return [...lacked.values()]
  }

  #isOnItsWay({ keys, stepMs, fromMs, toMs }: HistoryRequest): boolean {
    return [...this.#flights].some(
      (flight) =>
        flight.stepMs === stepMs &&
        flight.fromMs <= fromMs &&
        flight.toMs >= toMs &&
        meets(flight.keys, keys),
    )
  }

  #isWanted(flight: Flight): boolean {
    return [...this.#wishes.values()].some(
      (wish) =>
        wish.stepMs === flight.stepMs &&
        wish.fromMs < flight.toMs &&
        wish.toMs > flight.fromMs &&
        meets(wish.keys, flight.keys),
    )
  }

  async #ask(request: HistoryRequest): Promise<void> {
    const flight = { ...request, abort: new AbortController() }
    const tier = this.#port.tiers.of(request.stepMs)
    // What is committed while the answer is on its way may be in it or not.
    const goodUntilMs = Math.min(request.toMs, this.#port.edgesOf(tier).settledMs)
    this.#flights.add(flight)
    let failure: string | null = null
    try {
      const columns = await this.#port.fetch(request, flight.abort.signal)
      for (const key of request.keys) tier.take(key, request, columns.get(key), goodUntilMs)
      this.#failures = 0
    } catch (cause) {
      if (flight.abort.signal.aborted) return
      failure = cause instanceof Error ? cause.message : String(cause)
      this.#nextMs = performance.now() + (RETRY_MS[this.#failures] ?? RETRY_MS[4])
      this.#failures++
    } finally {
      this.#flights.delete(flight)
      this.#soon()
    }
    if (this.#closed) return
    if (tier.pageCount > MAX_PAGES) tier.forgetAllBut(this.#inSight())
    this.#port.onAnswer(failure)
  }

  #inSight(): Stretch {
    const wishes = [...this.#wishes.values()]
    return {
      fromMs: Math.min(...wishes.map(({ fromMs }) => fromMs)),
      toMs: Math.max(...wishes.map(({ toMs }) => toMs)),
    }
  }
}

/** Joins neighbours of one step and the same series, and divides what is more than the hub takes at a time. */
export function requestsOf(
  lacked: readonly HistoryRequest[],
  isRaw: (stepMs: number) => boolean,
): HistoryRequest[] {
  const joined: HistoryRequest[] = []
  for (const next of lacked.toSorted((a, b) => a.stepMs - b.stepMs || a.fromMs - b.fromMs)) {
    const limitMs = Math.min(
      MAX_POINTS * next.stepMs,
      isRaw(next.stepMs) ? MAX_RAW_MS : MAX_REQUEST_MS,
    )
    const at = joined.findIndex(
      (each) =>
        each.stepMs === next.stepMs &&
        each.toMs === next.fromMs &&
        next.toMs - each.fromMs <= limitMs &&
        each.keys.join() === next.keys.join(),
    )
    const before = joined[at]
    if (before) joined[at] = { ...before, toMs: next.toMs }
    else joined.push(next)
  }
  return joined.flatMap((request) => partsOf(request.keys).map((keys) => ({ ...request, keys })))
}

function partsOf(keys: readonly string[]): string[][] {
  const parts: string[][] = []
  let room = 0
  for (const key of keys) {
    const length = encodeURIComponent(key).length
    if (room < length || (parts.at(-1)?.length ?? MAX_KEYS) >= MAX_KEYS) {
      parts.push([])
      room = MAX_KEYS_LENGTH
    }
    parts.at(-1)?.push(key)
    room -= length
  }
  return parts
}

function meets(some: readonly string[], others: readonly string[]): boolean {
  return some.some((key) => others.includes(key))
}
