// Owns the charts of load and pressure: how many tasks want to run, and how much they wait.
import type { ChartGroup, Machine, Say } from './host-plan.ts'
import { linesOf, type Line } from './chart-lines.ts'
import { coreCount } from './cpu.ts'

export function planPressure(machine: Machine, say: Say): ChartGroup {
  const cores = coreCount(machine)
  return {
    id: 'pressure',
    title: say('group.pressure'),
    note: '',
    charts: [
      {
        id: 'load',
        title: say('chart.load'),
        note: say('chart.loadNote'),
        unit: '{run_queue_item}',
        shape: 'lines',
        ...(cores > 0
          ? { threshold: { value: cores, label: say('cores', { count: cores }) } }
          : {}),
        series: linesOf(machine.series, [
          { metric: 'system.cpu.load_average.1m', label: say('load.1m'), colour: 'data-1' },
          { metric: 'system.cpu.load_average.5m', label: say('load.5m'), colour: 'data-2' },
          { metric: 'system.cpu.load_average.15m', label: say('load.15m'), colour: 'data-3' },
        ]),
      },
      {
        id: 'pressure',
        title: say('chart.pressure'),
        note: say('chart.pressureNote'),
        unit: '1',
        shape: 'lines',
        series: linesOf(machine.series, [
          { ...stall('io', 'some'), label: say('pressure.io'), colour: 'data-4' },
          { ...stall('io', 'full'), label: say('pressure.ioFull'), colour: 'data-4', dashed: true },
          { ...stall('cpu', 'some'), label: say('pressure.cpu'), colour: 'data-1' },
          { ...stall('memory', 'some'), label: say('pressure.memory'), colour: 'data-5' },
        ]),
      },
    ],
  }
}

function stall(resource: string, type: string): Pick<Line, 'metric' | 'attributes'> {
  return {
    metric: 'system.linux.pressure.stall',
    attributes: { 'system.linux.pressure.resource': resource, 'system.linux.pressure.type': type },
  }
}
