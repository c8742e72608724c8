// Owns what the agent does less of, step by step, when it costs more than it may: first what is looked up beside the tick,
// then the tick itself.
import { AGENT_INTERVALS_MS } from '@vigie/shared/protocol/limits'

/** Level 0 is as set. */
export const MOST_SLOWED = 3
const RARER_BESIDE = 6

export interface Pace {
  /** How many times rarer the jobs beside the tick run. */
  readonly besideFactor: number
  readonly intervalMs: number
}

/** What a level means for an agent that is set to an interval. */
export function paceOf(level: number, setMs: number): Pace {
  const besideFactor = level > 0 ? RARER_BESIDE : 1
  const longer = [setMs, ...AGENT_INTERVALS_MS.filter((intervalMs) => intervalMs > setMs)]
  const steps = Math.max(0, level - 1)
  return { besideFactor, intervalMs: longer[Math.min(steps, longer.length - 1)] ?? setMs }
}
