// Owns the charts of one disk: what moves, how long it takes, how busy it is.
import type { ChartPlan } from '../../chart/chart-plan.ts'
import { chooseAmong } from './busiest.ts'
import type { ChartGroup, Machine, Say } from './host-plan.ts'
import { linesOf } from './chart-lines.ts'

const DEVICE = 'system.device'

export function planDisk(machine: Machine, say: Say): ChartGroup {
  const group = { id: 'disk', title: say('group.disk'), note: '' } as const
  const choice = chooseAmong(machine, {
    group: 'disk',
    metric: 'system.disk.io',
    attribute: DEVICE,
    label: say('choose.disk'),
  })
  if (!choice) return { ...group, charts: [] }
  const charts = [
    readAndWrite(machine, say, { id: 'disk-io', metric: 'system.disk.io', unit: 'By/s' }),
    readAndWrite(machine, say, { id: 'disk-await', metric: 'system.disk.await', unit: 's' }),
    single(machine, say, { id: 'disk-busy', metric: 'system.disk.utilization', unit: '1' }),
    single(machine, say, { id: 'disk-queue', metric: 'system.disk.queue', unit: '{operation}' }),
  ].map((chartOf) => chartOf(choice.chosen))
  return choice.options.length > 1
    ? { ...group, charts, choice }
    : { ...group, note: choice.chosen, charts }
}

type Subject = { id: string; metric: string; unit: ChartPlan['unit'] }

function readAndWrite({ series }: Machine, say: Say, { id, metric, unit }: Subject) {
  return (device: string): ChartPlan => {
    const line = (direction: string) => ({
      metric,
      attributes: { 'disk.io.direction': direction, [DEVICE]: device },
      label: say(`disk.${direction}`),
    })
    return {
      id,
      title: say(`chart.${id}`),
      note: say(`chart.${id}-note`),
      unit,
      shape: 'lines',
      series: linesOf(series, [
        { ...line('read'), colour: 'data-1' },
        { ...line('write'), colour: 'data-2' },
      ]),
    }
  }
}

function single({ series }: Machine, say: Say, { id, metric, unit }: Subject) {
  return (device: string): ChartPlan => ({
    id,
    title: say(`chart.${id}`),
    note: say(`chart.${id}-note`),
    unit,
    shape: 'lines',
    ...(unit === '1' ? { ceiling: 1 } : {}),
    series: linesOf(series, [
      { metric, attributes: { [DEVICE]: device }, label: say(`line.${id}`), colour: 'data-1' },
    ]),
  })
}
