// Owns the charts of what watching costs, and how well the clocks agree.
import type { ChartPlan } from '../../chart/chart-plan.ts'
import type { ChartGroup, Machine, Say } from './host-plan.ts'
import { linesOf } from './chart-lines.ts'

const CHARTS = [
  ['agent-cpu', 'vigie.agent.cpu.utilization', '1'],
  ['agent-memory', 'vigie.agent.memory.usage', 'By'],
  ['agent-collect', 'vigie.agent.collect.duration', 's'],
  ['agent-slowdown', 'vigie.agent.slowdown', '{level}'],
  ['agent-clock', 'vigie.clock.offset', 's'],
] as const

export function planAgent({ series }: Machine, say: Say): ChartGroup {
  const charts = CHARTS.map(([id, metric, unit]): ChartPlan => ({
    id,
    title: say(`chart.${id}`),
    note: say(`chart.${id}-note`),
    unit,
    shape: 'lines',
    binary: unit === 'By',
    series: linesOf(series, [{ metric, label: say(`line.${id}`), colour: 'data-1' }]),
  }))
  return { id: 'agent', title: say('group.agent'), note: say('group.agentNote'), charts }
}
