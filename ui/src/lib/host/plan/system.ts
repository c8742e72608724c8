// Owns the charts of the kernel's own business: switches, interrupts, processes, file descriptors.
import type { ChartPlan } from '../../chart/chart-plan.ts'
import type { ChartGroup, Machine, Say } from './host-plan.ts'
import { linesOf } from './chart-lines.ts'

export function planSystem({ series }: Machine, say: Say): ChartGroup {
  const charts: ChartPlan[] = [
    {
      id: 'system-switches',
      title: say('chart.switches'),
      note: say('perSecond'),
      unit: '{switch}/s',
      shape: 'lines',
      series: linesOf(series, [
        { metric: 'system.cpu.context_switches', label: say('line.switches'), colour: 'data-1' },
        { metric: 'system.cpu.interrupts', label: say('line.interrupts'), colour: 'data-2' },
      ]),
    },
    {
      id: 'system-processes',
      title: say('chart.processes'),
      note: '',
      unit: '{process}',
      shape: 'lines',
      series: linesOf(series, [
        { ...processes('running'), label: say('line.running'), colour: 'data-1' },
        { ...processes('blocked'), label: say('line.blocked'), colour: 'data-4' },
      ]),
    },
    {
      id: 'system-forks',
      title: say('chart.forks'),
      note: say('perSecond'),
      unit: '{process}/s',
      shape: 'lines',
      series: linesOf(series, [
        { metric: 'system.process.created', label: say('line.forks'), colour: 'data-3' },
      ]),
    },
    {
      id: 'system-files',
      title: say('chart.files'),
      note: '',
      unit: '{file_descriptor}',
      shape: 'lines',
      floating: true,
      series: series.all('system.linux.file_descriptors').flatMap(({ key, attributes }) => {
        const state = attributes['system.linux.file_descriptors.state']
        // The limit is in the millions on most machines: drawn, it would flatten what is used.
        if (state === 'limit' || state === 'free') return []
        return [{ key, label: say('line.files'), colour: 'data-1' } as const]
      }),
    },
  ]
  return { id: 'system', title: say('group.system'), note: '', charts }
}

function processes(state: string) {
  return { metric: 'system.process.count', attributes: { 'process.state': state } }
}
