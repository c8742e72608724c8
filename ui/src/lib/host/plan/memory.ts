// Owns the memory charts: what fills it, swap, and how hard the kernel works to find pages.
import type { ChartPlan } from '../../chart/chart-plan.ts'
import type { ChartGroup, Machine, Say } from './host-plan.ts'
import { linesOf } from './chart-lines.ts'

export function planMemory(machine: Machine, say: Say): ChartGroup {
  const charts = [
    usage(machine, say),
    paging(machine, say),
    swap(machine, say),
    kernel(machine, say),
  ]
  return { id: 'memory', title: say('group.memory'), note: '', charts }
}

function usage({ series, values }: Machine, say: Say): ChartPlan {
  const state = (name: string) => ({
    metric: 'system.memory.usage',
    attributes: { 'system.memory.state': name },
    label: say(`memory.${name}`),
  })
  const limit = values.get('system.memory.limit')
  return {
    id: 'memory-usage',
    title: say('chart.memory'),
    note: say('chart.memoryNote'),
    unit: 'By',
    binary: true,
    shape: 'stack',
    ...(limit === undefined ? {} : { ceiling: limit }),
    series: linesOf(series, [
      { ...state('used'), colour: 'data-1' },
      { ...state('buffers'), colour: 'data-5' },
      { ...state('cached'), colour: 'data-3' },
    ]),
  }
}

function paging({ series }: Machine, say: Say): ChartPlan {
  const swapped = (direction: string) => ({
    metric: 'system.paging.operations',
    attributes: { 'system.paging.direction': direction },
    label: say(`paging.${direction}`),
  })
  return {
    id: 'memory-paging',
    title: say('chart.paging'),
    note: say('perSecond'),
    unit: '{page}/s',
    shape: 'lines',
    series: linesOf(series, [
      {
        metric: 'system.paging.faults',
        attributes: { 'system.paging.fault.type': 'major' },
        label: say('paging.major'),
        colour: 'data-4',
      },
      { ...swapped('in'), colour: 'data-1' },
      { ...swapped('out'), colour: 'data-2' },
    ]),
  }
}

function swap({ series, values }: Machine, say: Say): ChartPlan {
  const of = (state: string) => ({
    metric: 'system.paging.usage',
    attributes: { 'system.paging.state': state },
  })
  const used = linesOf(series, [{ ...of('used'), label: say('memory.used'), colour: 'data-1' }])
  const size = [used[0]?.key, series.find(of('free').metric, of('free').attributes)]
    .map((key) => (key === undefined ? undefined : values.get(key)))
    .reduce((sum = 0, bytes = 0) => sum + bytes, 0)
  return {
    id: 'memory-swap',
    title: say('chart.swap'),
    note: size === 0 ? say('chart.noSwap') : say('chart.swapNote'),
    unit: 'By',
    binary: true,
    shape: 'lines',
    ...(size ? { ceiling: size } : {}),
    // A machine without swap has nothing to draw, however many zeros it sends.
    series: size === 0 ? [] : used,
  }
}

function kernel({ series }: Machine, say: Say): ChartPlan {
  return {
    id: 'memory-kernel',
    title: say('chart.kernelMemory'),
    note: '',
    unit: 'By',
    binary: true,
    shape: 'lines',
    series: linesOf(series, [
      { metric: 'system.linux.memory.slab.usage', label: say('memory.slab'), colour: 'data-2' },
      { metric: 'system.linux.memory.dirty', label: say('memory.dirty'), colour: 'data-6' },
      { metric: 'system.linux.memory.zfs_arc', label: say('memory.arc'), colour: 'data-3' },
    ]),
  }
}
