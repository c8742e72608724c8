// Owns reading the lines that `export --format ndjson` writes: each is checked whole, and the ticks of an hour of the
// clock come out as the runs that the store takes.
import { toSteps, type Metric } from '@vigie/shared/metrics/catalogue'
import {
  MAX_SERIES_KEY_LENGTH,
  metricOf,
  parseSeries,
  tableRevision,
} from '@vigie/shared/metrics/series'
import { AGENT_BLOCK_LIMITS, AGENT_INTERVALS_MS, MAX_AHEAD_MS } from '@vigie/shared/protocol/limits'
import type { Run } from '../store/tick-records.ts'
import { mergeTicks, type TickRow } from '../store/tick-runs.ts'
import { CommandError } from './command-error.ts'
import type { Line } from './text-lines.ts'

/** A line may hold as many series as a tick of an agent may, and be as long as that makes it. */
export const IMPORT_LIMITS = {
  lineBytes: 4_194_304,
  seriesPerLine: AGENT_BLOCK_LIMITS.maxSeries,
  seriesPerHour: 8192,
  ticksPerHour: 36_000,
  valuesPerHour: 16_777_216,
} as const

const HOUR_MS = 3_600_000
/** A tick may come half an interval late: what is further away is no neighbour. */
const NEIGHBOUR_MS = 1.5 * 60_000

export interface ImportedHour {
  readonly hourMs: number
  readonly runs: readonly Run[]
  readonly ticks: number
}

export interface ImportWindow {
  /** Ticks before it are left out, and counted. */
  readonly keptFromMs: number
  readonly nowMs: number
  /** The host's own of today, for a tick that stands alone. */
  readonly intervalMs: number
}

interface Tick {
  readonly timeMs: number
  /** Pairs of a column of the hour and its value in steps. */
  readonly columns: Uint32Array
  readonly steps: Float64Array
}

/** Takes lines in their order. Throws a {@link CommandError} that names the line and what is wrong with it. */
export class TickImport {
  readonly #window: ImportWindow
  readonly #metrics = new Map<string, Metric>()
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true })
  #columns = new Map<string, number>()
  #ticks: Tick[] = []
  #hourMs = -1
  #lastMs = -1
  /** Set at a blank line: nothing may follow it. */
  #blankLine = 0
  /** Ticks that were older than what is kept. */
  tooOld = 0
  ticks = 0

  constructor(window: ImportWindow) {
    this.#window = window
  }

  /** Returns the hour that this line is the first one after, if it is. */
  take(line: Line): ImportedHour | undefined {
    if (line.bytes.length === 0 || (line.bytes.length === 1 && line.bytes[0] === 0x0d)) {
      this.#blankLine ||= line.number
      return undefined
    }
    if (this.#blankLine > 0) throw bad(this.#blankLine, 'is blank')
    const { t: timeMs, v } = this.#read(line)
    this.#checkTime(line.number, timeMs)
    this.#lastMs = timeMs
    const entries = Object.entries(v)
    this.#checkSeries(line.number, entries)
    if (timeMs < this.#window.keptFromMs) {
      this.tooOld++
      return undefined
    }
    const hourMs = Math.floor(timeMs / HOUR_MS) * HOUR_MS
    const done = hourMs === this.#hourMs ? undefined : this.finish()
    this.#hourMs = hourMs
    this.#add(line.number, timeMs, entries)
    return done
  }

  /** The last hour, if there is one. */
  finish(): ImportedHour | undefined {
    const ticks = this.#ticks
    if (ticks.length === 0) return undefined
    const keys = [...this.#columns.keys()]
    const revision = tableRevision(keys)
    const rows = ticks.map(({ timeMs, columns, steps }, index): TickRow => {
      const values = new Float64Array(keys.length).fill(NaN)
      columns.forEach((column, pair) => (values[column] = steps[pair] ?? NaN))
      const present = new Uint8Array([1])
      const stepMs = intervalAt(ticks, index) ?? this.#window.intervalMs
      return { timeMs, block: { revision, startMs: timeMs, stepMs, present, values } }
    })
    const hour = {
      hourMs: this.#hourMs,
      runs: mergeTicks(rows).map((block) => ({ keys, block })),
      ticks: ticks.length,
    }
    this.#ticks = []
    this.#columns = new Map()
    return hour
  }

  #read({ number, bytes }: Line): { t: number; v: Record<string, unknown> } {
    let tick: unknown
    try {
      tick = JSON.parse(this.#utf8.decode(bytes))
    } catch {
      throw bad(number, 'is not JSON')
    }
    if (!isObject(tick)) throw bad(number, 'is not an object')
    const extra = Object.keys(tick).find((name) => name !== 't' && name !== 'v')
    if (extra !== undefined) throw bad(number, `has "${cut(extra)}" beside "t" and "v"`)
    const { t, v } = tick
    if (typeof t !== 'number' || !Number.isSafeInteger(t) || t < 0) {
      throw bad(number, '"t" must be epoch milliseconds, a whole number')
    }
    if (!isObject(v)) throw bad(number, '"v" must be an object of series and values')
    return { t, v }
  }

  #checkTime(line: number, timeMs: number): void {
    if (timeMs > this.#window.nowMs + MAX_AHEAD_MS) {
      throw bad(line, `is of the future (${when(timeMs)})`)
    }
    if (timeMs <= this.#lastMs) {
      throw bad(
        line,
        `is not later than the line before (${when(this.#lastMs)}): times must ascend`,
      )
    }
  }

  #checkSeries(line: number, entries: readonly [string, unknown][]): void {
    if (entries.length === 0) throw bad(line, 'has no value')
    if (entries.length > IMPORT_LIMITS.seriesPerLine) {
      throw bad(line, `has more than ${IMPORT_LIMITS.seriesPerLine} series`)
    }
    for (const [key, value] of entries) {
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw bad(line, `the value of ${cut(key)} is not a number`)
      }
      const metric = this.#metric(line, key)
      if (Number.isNaN(toSteps(metric, value))) {
        throw bad(line, `the value of ${cut(key)} is too large to be kept exactly`)
      }
    }
  }

  #metric(line: number, key: string): Metric {
    const known = this.#metrics.get(key)
    if (known) return known
    if (key.length > MAX_SERIES_KEY_LENGTH) {
      throw bad(line, `a series is longer than ${MAX_SERIES_KEY_LENGTH} characters: ${cut(key)}`)
    }
    if (parseSeries(key) === undefined) {
      throw bad(line, `${cut(key)} is not a series in its one form, metric{attribute="value",...} with attributes sorted by name`) // prettier-ignore
    }
    // Names that come and go (containers, processes) must not fill the memory.
    if (this.#metrics.size >= 4 * IMPORT_LIMITS.seriesPerHour) this.#metrics.clear()
    const metric = metricOf(key)
    this.#metrics.set(key, metric)
    return metric
  }

  #add(line: number, timeMs: number, entries: readonly [string, unknown][]): void {
    const columns = new Uint32Array(entries.length)
    const steps = new Float64Array(entries.length)
    entries.forEach(([key, value], index) => {
      const column = this.#columns.get(key) ?? this.#columns.size
      this.#columns.set(key, column)
      columns[index] = column
      steps[index] = toSteps(this.#metric(line, key), Number(value))
    })
    this.#ticks.push({ timeMs, columns, steps })
    this.ticks++
    const isTooMuch =
      this.#ticks.length > IMPORT_LIMITS.ticksPerHour ||
      this.#columns.size > IMPORT_LIMITS.seriesPerHour ||
      this.#ticks.length * this.#columns.size > IMPORT_LIMITS.valuesPerHour
    if (isTooMuch) {
      throw bad(line, `is too much for one hour: at most ${IMPORT_LIMITS.ticksPerHour} ticks, ${IMPORT_LIMITS.seriesPerHour} series, ${IMPORT_LIMITS.valuesPerHour} values`) // prettier-ignore
    }
  }
}

/** The interval of the agent that a tick came from, by its nearer neighbour; undefined when it has none. */
function intervalAt(ticks: readonly Tick[], index: number): number | undefined {
  const [before, timeMs, after] = [index - 1, index, index + 1].map((at) => ticks[at]?.timeMs)
  if (timeMs === undefined) return undefined
  const distanceMs = Math.min(timeMs - (before ?? -Infinity), (after ?? Infinity) - timeMs)
  if (distanceMs > NEIGHBOUR_MS) return undefined
  const offMs = (intervalMs: number): number => Math.abs(intervalMs - distanceMs)
  return AGENT_INTERVALS_MS.reduce((near, next) => (offMs(next) < offMs(near) ? next : near))
}

export function bad(line: number, what: string): CommandError {
  return new CommandError(`line ${line} ${what}; nothing was imported`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function cut(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`
}

function when(timeMs: number): string {
  return timeMs > 8.64e15 ? String(timeMs) : new Date(timeMs).toISOString()
}
