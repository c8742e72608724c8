// Owns the shape of what the spool keeps.
import type { GapMessage } from '@vigie/shared/protocol/agent'
import type { SeriesTable } from '../tick.ts'

/** Why there are no ticks between two times, as the hub is told. */
export type Gap = Omit<GapMessage, 'type'>

export interface SpooledTick {
  /** This counts, not the time in the payload, which a clock that is set does not touch. */
  readonly timeMs: number
  readonly table: SeriesTable
  /** The tick encoded as a block of one; kept as it is. */
  readonly payload: Uint8Array
  /** What the agent knows of the time before this tick; travels and is forgotten with it. */
  readonly gaps: readonly Gap[]
}

/** The tick at another time, with its gaps. */
export function movedTick(tick: SpooledTick, byMs: number): SpooledTick {
  if (byMs === 0) return tick
  const gaps = tick.gaps.map((gap) => ({
    ...gap,
    fromMs: gap.fromMs + byMs,
    toMs: gap.toMs + byMs,
  }))
  return { ...tick, timeMs: tick.timeMs + byMs, gaps }
}

/** The least range that holds both, for two gaps of one reason. Ticks that were taken in it stay what they are. */
export function mergedGap(one: Gap | undefined, other: Gap): Gap {
  if (!one) return other
  return {
    fromMs: Math.min(one.fromMs, other.fromMs),
    toMs: Math.max(one.toMs, other.toMs),
    reason: other.reason,
    ticks: one.ticks + other.ticks,
  }
}

/** Few gaps as they are, many as one a reason: a hub takes only so much text at once. */
export function fewGaps(ticks: Iterable<SpooledTick>): readonly Gap[] {
  const gaps = [...ticks].flatMap((tick) => tick.gaps)
  if (gaps.length <= 4) return gaps
  const byReason = new Map<string, Gap>()
  for (const gap of gaps) byReason.set(gap.reason, mergedGap(byReason.get(gap.reason), gap))
  return [...byReason.values()]
}
