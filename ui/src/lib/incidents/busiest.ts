// Owns which processes were the busiest in the minute before an incident: by memory where that is what it is about.
import type { IncidentDetail } from '@vigie/shared/api/incident'
import { findMeasure } from '@vigie/shared/metrics/derived'
import type { Process } from '@vigie/shared/protocol/inventory'

const SHOWN = 5

export interface Busiest {
  readonly by: 'cpu' | 'memory'
  readonly processes: readonly Process[]
}

/** Of the newest list that was taken; null where there is none. */
export function busiestOf({ rule, snapshots }: IncidentDetail): Busiest | null {
  const top = snapshots.findLast(({ processes }) => processes !== undefined)?.processes?.top
  if (!top || top.length === 0) return null
  const { condition } = rule
  const isMemory = condition.type === 'metric' && findMeasure(condition.metric).group === 'memory'
  const weigh = (process: Process) => (isMemory ? process.memoryBytes : (process.cpuRatio ?? 0))
  return {
    by: isMemory ? 'memory' : 'cpu',
    processes: [...top].sort((a, b) => weigh(b) - weigh(a)).slice(0, SHOWN),
  }
}
