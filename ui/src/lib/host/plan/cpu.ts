// Owns the CPU charts: time by mode as parts of a whole, and each core.
import type { DataColour } from '../../chart/chart-plan.ts'
import type { ChartGroup, Machine, Say } from './host-plan.ts'
import { linesOf } from './chart-lines.ts'

const METRIC = 'system.cpu.utilization'
const CORE = 'cpu.logical_number'

const MODES: readonly [mode: string, colour: DataColour][] = [
  ['user', 'data-1'],
  ['system', 'data-2'],
  ['nice', 'data-3'],
  ['iowait', 'data-4'],
  ['interrupt', 'data-7'],
  ['softirq', 'data-5'],
  ['steal', 'data-6'],
]

/** So many cores can be told apart as lines; more of them are rows of colour. */
const LINES: readonly DataColour[] = ['data-1', 'data-2', 'data-3', 'data-4']

/** The number of cores, as far as the series tell. */
export function coreCount({ series }: Machine): number {
  return series.instances(METRIC, CORE).length
}

export function planCpu(machine: Machine, say: Say): ChartGroup {
  const cores = machine.series
    .all(METRIC)
    .filter(({ attributes }) => attributes[CORE] !== undefined && !('cpu.mode' in attributes))
  const isFew = cores.length <= LINES.length
  return {
    id: 'cpu',
    title: say('group.cpu'),
    note: say('cores', { count: coreCount(machine) }),
    charts: [
      {
        id: 'cpu-mode',
        title: say('chart.cpuMode'),
        note: say('chart.cpuModeNote', { count: coreCount(machine) }),
        unit: '1',
        shape: 'stack',
        series: linesOf(
          machine.series,
          MODES.map(([mode, colour]) => ({
            metric: METRIC,
            attributes: { 'cpu.mode': mode },
            label: say(`mode.${mode}`),
            colour,
          })),
        ),
      },
      {
        id: 'cpu-core',
        title: say('chart.cpuCore'),
        note: say('chart.cpuCoreNote'),
        unit: '1',
        shape: isFew ? 'lines' : 'heat',
        ceiling: 1,
        series: cores.map(({ key, attributes }, index) => ({
          key,
          label: say('core', { number: attributes[CORE] ?? '' }),
          colour: (isFew && LINES[index]) || 'data-1',
        })),
      },
    ],
  }
}
