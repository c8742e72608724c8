// Owns the making of one block out of consecutive ticks of one series table.
import { decodeBlock, type Block } from '@vigie/shared/codec/block'
import { CodecError } from '@vigie/shared/codec/codec-error'
import type { SeriesTable } from '../tick.ts'
import { fewGaps, type Gap, type SpooledTick } from './spooled-tick.ts'

/** How much one run may take. */
export interface RunLimits {
  /** Counted on the grid, so that a gap counts as the ticks that it lacks. */
  readonly maxTicks: number
  /** Ticks times series. */
  readonly maxValues: number
  /** A tick of later than this would be refused (docs/protocol.md, T7). */
  readonly latestMs: number
}

export interface Run {
  readonly table: SeriesTable
  readonly block: Block
  readonly gaps: readonly Gap[]
}

export interface Cut {
  /** How many ticks it took, those that are of no use among them. */
  readonly taken: number
  readonly run: Run | undefined
  /** What no hub would take: not a block, or of the future. */
  readonly useless: readonly SpooledTick[]
}

interface Decoded {
  readonly tick: SpooledTick
  readonly block: Block
}

/** Takes the first of `ticks`, as many as fit in one block. */
export function cutRun(ticks: Iterable<SpooledTick>, limits: RunLimits): Cut {
  const decoded: Decoded[] = []
  const useless: SpooledTick[] = []
  for (const tick of ticks) {
    const block = tick.timeMs > limits.latestMs ? undefined : decode(tick.payload)
    if (!block) useless.push(tick)
    else if (continues(decoded, { tick, block }, limits)) decoded.push({ tick, block })
    else break
  }
  const [start] = decoded
  return {
    taken: decoded.length + useless.length,
    run: start && runOf(decoded, start),
    useless,
  }
}

function decode(payload: Uint8Array): Block | undefined {
  try {
    return decodeBlock(payload)
  } catch (error) {
    if (error instanceof CodecError) return undefined
    throw error
  }
}

function continues(before: readonly Decoded[], next: Decoded, limits: RunLimits): boolean {
  const [start] = before
  if (!start) return true
  const { stepMs } = start.block
  const steps = (next.tick.timeMs - start.tick.timeMs) / stepMs
  const ticks = steps + 1
  return (
    next.tick.table.revision === start.tick.table.revision &&
    next.block.stepMs === stepMs &&
    Number.isInteger(steps) &&
    next.tick.timeMs > (before.at(-1)?.tick.timeMs ?? 0) &&
    ticks <= limits.maxTicks &&
    ticks * start.tick.table.keys.length <= limits.maxValues
  )
}

function runOf(decoded: readonly Decoded[], start: Decoded): Run {
  const { table, timeMs: startMs } = start.tick
  const { stepMs } = start.block
  const endMs = decoded.at(-1)?.tick.timeMs ?? startMs
  const ticks = (endMs - startMs) / stepMs + 1
  const present = new Uint8Array(ticks)
  const values = new Float64Array(ticks * table.keys.length).fill(NaN)
  for (const { tick, block } of decoded) {
    const index = (tick.timeMs - startMs) / stepMs
    present[index] = 1
    for (let series = 0; series < table.keys.length; series++) {
      values[series * ticks + index] = block.values[series] ?? NaN
    }
  }
  const block = { revision: table.revision, startMs, stepMs, present, values }
  return { table, block, gaps: fewGaps(decoded.map(({ tick }) => tick)) }
}
