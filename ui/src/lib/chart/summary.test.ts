import { describe, expect, it } from 'vitest'
import { buildFrame } from './chart-frame.ts'
import type { ChartPlan } from './chart-plan.ts'
import { plotWindow } from './plot-window.ts'
import type { Samples } from './samples.ts'
import { summarize } from './summary.ts'
import { planHost } from '../host/plan/host-plan.ts'
import { SeriesIndex } from '../host/series-index.ts'
import { formatFor, summaryWords } from '../host/chart-words.ts'
import { sayIn } from '../host/say-in.test-support.ts'

const values: Record<string, number[]> = {
  'system.cpu.load_average.1m': [3, 61, 12],
  'system.cpu.load_average.5m': [2, 2, 2],
}
const samples: Samples = {
  stepMs: 1000,
  slotOf: (timeMs) => timeMs / 1000,
  valueAt: (key, timeMs) => values[key]?.[timeMs / 1000 - 1000] ?? NaN,
  copy: (key, firstSlot, out) => {
    for (let index = 0; index < out.length; index++) {
      out[index] = values[key]?.[firstSlot + index - 1000] ?? NaN
    }
    return true
  },
}

function loadChart(keys: string[]): ChartPlan {
  const machine = { series: new SeriesIndex(keys), values: new Map(), chosen: {} }
  const chart = planHost(machine, sayIn('en')).find(({ id }) => id === 'pressure')?.charts[0]
  if (!chart) throw new Error('no chart of the load')
  return chart
}

function told(plan: ChartPlan, locale: 'en' | 'fr', source: Samples): string {
  const window = plotWindow(1_002_000, 2000, 200)
  return summarize(plan, buildFrame(plan, source, { window, isolated: null }), {
    words: summaryWords(sayIn(locale)),
    format: formatFor(plan, locale),
    range: sayIn(locale)('range.last.5m'),
  })
}

describe('the sentence that stands for a chart', () => {
  it('says where each series is and between what it was', () => {
    const plan = loadChart(['system.cpu.load_average.1m', 'system.cpu.load_average.5m'])
    expect(told(plan, 'en', samples)).toBe(
      'Load: 1 min 12, between 3 and 61; 5 min 2, between 2 and 2 in the last 5 minutes',
    )
  })

  it('says that there is no data', () => {
    const plan = loadChart(['system.cpu.load_average.15m'])
    expect(told(plan, 'en', samples)).toBe('Load: no data in the last 5 minutes')
  })
})
