// Owns the merging of single ticks into blocks of many: the form in which history leaves the store.
import { decodeBlock, type Block } from '@vigie/shared/codec/block'

export interface TickRow {
  readonly timeMs: number
  readonly block: Block
}

/** Decodes what the store holds: one tick, which was checked when it came in. */
export function decodeTick(timeMs: number, payload: Uint8Array): TickRow {
  return { timeMs, block: decodeBlock(payload) }
}

/** What one block may hold: an hour of seconds, and no more than is merged or encoded in a few milliseconds. */
export const RUN_LIMITS = { maxTicks: 3600, maxValues: 100_000 }

/**
 * Merges ticks, oldest first, into as few blocks as a regular grid allows: a new one begins where the series table or
 * the interval changes, where a tick is off the grid of the run, and where the run is full.
 */
export function mergeTicks(ticks: readonly TickRow[]): Block[] {
  const blocks: Block[] = []
  let first = 0
  while (first < ticks.length) {
    const run = runFrom(ticks, first)
    blocks.push(blockOf(ticks.slice(first, first + run.length), run.stepMs))
    first += run.length
  }
  return blocks
}

// Each tick knows its agent's interval, which is the grid: what is further apart is a hole, and stays one.
function runFrom(ticks: readonly TickRow[], first: number): { length: number; stepMs: number } {
  const start = ticks[first]
  if (!start) return { length: 0, stepMs: 1 }
  const { revision, values, stepMs } = start.block
  const maxTicks = Math.max(
    1,
    Math.min(RUN_LIMITS.maxTicks, Math.floor(RUN_LIMITS.maxValues / Math.max(values.length, 1))),
  )
  let end = first + 1
  for (; end < ticks.length; end++) {
    const tick = ticks[end]
    if (tick?.block.revision !== revision || tick.block.stepMs !== stepMs) break
    const fromStartMs = tick.timeMs - start.timeMs
    if (fromStartMs % stepMs !== 0 || fromStartMs / stepMs >= maxTicks) break
  }
  return { length: end - first, stepMs }
}

function blockOf(ticks: readonly TickRow[], stepMs: number): Block {
  const first = ticks[0]
  const last = ticks.at(-1)
  if (!first || !last) throw new RangeError('a run has at least one tick')
  const tickCount = (last.timeMs - first.timeMs) / stepMs + 1
  const seriesCount = first.block.values.length
  const present = new Uint8Array(tickCount)
  const values = new Float64Array(tickCount * seriesCount).fill(NaN)
  for (const { timeMs, block } of ticks) {
    const index = (timeMs - first.timeMs) / stepMs
    present[index] = 1
    for (let series = 0; series < seriesCount; series++) {
      values[series * tickCount + index] = block.values[series] ?? NaN
    }
  }
  return { revision: first.block.revision, startMs: first.timeMs, stepMs, present, values }
}
