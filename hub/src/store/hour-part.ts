// Owns the ticks of an hour in memory, a column a series: how they come of rows and runs, become one, and leave as blocks.
import { columnOf, type Block } from '@vigie/shared/codec/block'
import type { Run } from './tick-records.ts'
import { RUN_LIMITS } from './tick-runs.ts'

/** Ticks of one series table, in order of time. A reader's part may hold some of the table's columns only. */
export interface HourPart {
  readonly revision: number
  readonly keys: readonly string[]
  readonly timesMs: Float64Array
  /** The interval that each tick's agent had. */
  readonly stepsMs: Float64Array
  /** In steps of the metric; NaN where there is no value. */
  readonly columns: readonly Float64Array[]
}

/** The ticks of a run from `fromMs` up to, not including, `toMs`. */
export function partOfRun({ keys, block }: Run, fromMs: number, toMs: number): HourPart {
  const { revision, startMs, stepMs, present } = block
  const indexes: number[] = []
  for (let tick = 0; tick < present.length; tick++) {
    const timeMs = startMs + tick * stepMs
    if (present[tick] === 1 && timeMs >= fromMs && timeMs < toMs) indexes.push(tick)
  }
  return {
    revision,
    keys,
    timesMs: Float64Array.from(indexes, (tick) => startMs + tick * stepMs),
    stepsMs: new Float64Array(indexes.length).fill(stepMs),
    columns: keys.map((_, series) => picked(columnOf(block, series), indexes)),
  }
}

/** One part a series table, each time once: where several parts have a tick for a time, the first of them stays. */
export function mergeParts(parts: readonly HourPart[]): HourPart[] {
  const filled = parts.filter(({ timesMs }) => timesMs.length > 0)
  if (filled.length <= 1) return filled
  const taken = new Set<number>()
  const byRevision = new Map<number, HourPart[]>()
  for (const part of filled) {
    const fresh = withoutTicks(part, (timeMs) => taken.has(timeMs))
    for (const timeMs of fresh.timesMs) taken.add(timeMs)
    if (fresh.timesMs.length === 0) continue
    const same = byRevision.get(part.revision)
    if (same) same.push(fresh)
    else byRevision.set(part.revision, [fresh])
  }
  return [...byRevision.values()].map(joined)
}

/** A part without the ticks of some times. */
export function withoutTicks(part: HourPart, isLeftOut: (timeMs: number) => boolean): HourPart {
  const kept: number[] = []
  part.timesMs.forEach((timeMs, tick) => {
    if (!isLeftOut(timeMs)) kept.push(tick)
  })
  return kept.length === part.timesMs.length ? part : selected(part, kept)
}

/** The ticks of a part with some indexes, in their order. */
function selected(part: HourPart, ticks: readonly number[]): HourPart {
  return {
    ...part,
    timesMs: picked(part.timesMs, ticks),
    stepsMs: picked(part.stepsMs, ticks),
    columns: part.columns.map((column) => picked(column, ticks)),
  }
}

function joined(parts: readonly HourPart[]): HourPart {
  const [first, ...others] = parts
  if (!first) throw new RangeError('nothing to join')
  if (others.length === 0) return first
  const all = {
    ...first,
    timesMs: concatenated(parts.map((part) => part.timesMs)),
    stepsMs: concatenated(parts.map((part) => part.stepsMs)),
    columns: first.columns.map((_, series) =>
      concatenated(parts.map((part) => part.columns[series] ?? new Float64Array())),
    ),
  }
  const order = Array.from(all.timesMs.keys())
  order.sort((a, b) => (all.timesMs[a] ?? 0) - (all.timesMs[b] ?? 0))
  return selected(all, order)
}

function concatenated(arrays: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(arrays.reduce((length, array) => length + array.length, 0))
  let offset = 0
  for (const array of arrays) {
    whole.set(array, offset)
    offset += array.length
  }
  return whole
}

function picked(column: Float64Array, ticks: readonly number[]): Float64Array {
  const values = new Float64Array(ticks.length)
  for (let index = 0; index < ticks.length; index++) {
    values[index] = column[ticks[index] ?? 0] ?? NaN
  }
  return values
}

/**
 * All ticks of merged parts in order of time, in as few blocks as a regular grid allows: a new one begins where the series
 * table or the interval changes, where a tick is off the grid of the run, and where the run is full.
 */
export function* runsOfParts(parts: readonly HourPart[]): Generator<Run> {
  const next = parts.map(() => 0)
  for (;;) {
    const [index, untilMs] = earliest(parts, next)
    const part = parts[index]
    const first = next[index]
    if (!part || first === undefined) return
    const end = endOfRun(part, first, untilMs)
    next[index] = end
    yield { keys: part.keys, block: blockOf(part, first, end) }
  }
}

/** The part whose turn it is, and when another's comes. */
function earliest(parts: readonly HourPart[], next: readonly number[]): [number, number] {
  let index = -1
  let leastMs = Infinity
  let untilMs = Infinity
  parts.forEach(({ timesMs }, candidate) => {
    const timeMs = timesMs[next[candidate] ?? 0] ?? Infinity
    if (timeMs < leastMs) {
      untilMs = leastMs
      leastMs = timeMs
      index = candidate
    } else if (timeMs < untilMs) {
      untilMs = timeMs
    }
  })
  return [index, untilMs]
}

function endOfRun(part: HourPart, first: number, untilMs: number): number {
  const { timesMs, stepsMs, columns } = part
  const { maxTicks, maxValues } = RUN_LIMITS
  const most = Math.max(1, Math.min(maxTicks, Math.floor(maxValues / Math.max(columns.length, 1))))
  const startMs = timesMs[first] ?? 0
  const stepMs = stepsMs[first] ?? 1
  let end = first + 1
  for (; end < timesMs.length; end++) {
    const timeMs = timesMs[end] ?? 0
    const steps = (timeMs - startMs) / stepMs
    if (timeMs > untilMs || stepsMs[end] !== stepMs || !Number.isInteger(steps) || steps >= most) {
      break
    }
  }
  return end
}

function blockOf(part: HourPart, first: number, end: number): Block {
  const { revision, timesMs, stepsMs, columns } = part
  const startMs = timesMs[first] ?? 0
  const stepMs = stepsMs[first] ?? 1
  const ticks = ((timesMs[end - 1] ?? 0) - startMs) / stepMs + 1
  const present = new Uint8Array(ticks)
  const values = new Float64Array(ticks * columns.length)
  if (ticks === end - first) {
    present.fill(1)
    columns.forEach((column, series) => values.set(column.subarray(first, end), series * ticks))
    return { revision, startMs, stepMs, present, values }
  }
  values.fill(NaN)
  for (let tick = first; tick < end; tick++) {
    const place = ((timesMs[tick] ?? 0) - startMs) / stepMs
    present[place] = 1
    columns.forEach((column, series) => (values[series * ticks + place] = column[tick] ?? NaN))
  }
  return { revision, startMs, stepMs, present, values }
}
