// Owns what the host page draws: the groups of charts that a machine's series make possible, in reading order.
import type { ChartPlan } from '../../chart/chart-plan.ts'
import { SeriesIndex } from '../series-index.ts'
import { planAgent } from './agent.ts'
import { planCpu } from './cpu.ts'
import { planDisk } from './disk.ts'
import { planMemory } from './memory.ts'
import { planNetwork } from './network.ts'
import { planPressure } from './pressure.ts'
import { planSensors } from './sensors.ts'
import { planSystem } from './system.ts'

export type GroupId =
  'cpu' | 'memory' | 'pressure' | 'disk' | 'filesystem' | 'network' | 'sensors' | 'system' | 'agent'

/** Which of many like things (disks, interfaces) a group shows. */
export interface Choice {
  readonly label: string
  readonly options: readonly string[]
  readonly chosen: string
}

export interface ChartGroup {
  readonly id: GroupId
  readonly title: string
  readonly note: string
  readonly charts: readonly ChartPlan[]
  readonly choice?: Choice
}

/** What a planner may look at. Byte counts as the machine's inventory has them. */
export interface Machine {
  readonly series: SeriesIndex
  /** The newest value of each series. */
  readonly values: ReadonlyMap<string, number>
  /** What the reader has chosen in a group, by its id. */
  readonly chosen: Partial<Record<GroupId, string>>
}

/** Looks up a message of the host page. */
export type Say = (key: string, values?: Record<string, string | number>) => string

const PLANNERS = [
  planCpu,
  planMemory,
  planPressure,
  planDisk,
  planFilesystem,
  planNetwork,
  planSensors,
  planSystem,
  planAgent,
]

/** The groups of the page. Charts without any series are left out, groups without any chart keep their empty state. */
export function planHost(machine: Machine, say: Say): ChartGroup[] {
  return PLANNERS.map((plan) => {
    const group = plan(machine, say)
    return { ...group, charts: group.charts.filter((chart) => chart.series.length > 0) }
  })
}

// Filesystems are drawn as bars, not over time: the group only takes its place in the order.
function planFilesystem(_machine: Machine, say: Say): ChartGroup {
  return { id: 'filesystem', title: say('group.filesystem'), note: '', charts: [] }
}
