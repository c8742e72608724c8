import { expect, it } from 'vitest'
import { buildFrame } from './chart-frame.ts'
import type { ChartPlan } from './chart-plan.ts'
import { tableRows } from './chart-table.ts'
import { plotWindow } from './plot-window.ts'

const START_MS = 1_795_400_000_000
const plan: ChartPlan = {
  id: 'x',
  title: 'X',
  note: '',
  unit: '{thing}',
  shape: 'lines',
  series: [{ key: 'a', label: 'a', colour: 'data-1' }],
}

function rowsOf(values: readonly number[]): [at: number, text: string | undefined][] {
  const samples = {
    stepMs: 1000,
    slotOf: (timeMs: number) => Math.round(timeMs / 1000),
    copy: (_: string, firstSlot: number, out: Float64Array) => {
      for (const at of out.keys()) out[at] = values[firstSlot + at - START_MS / 1000] ?? NaN
      return true
    },
    valueAt: () => NaN,
  }
  const spanMs = (values.length - 1) * 1000
  const window = plotWindow(START_MS + spanMs, spanMs, 300)
  const format = (value: number | null) => ({ number: value === null ? '–' : `${value}`, unit: '' })
  const rows = tableRows(plan, buildFrame(plan, samples, { window, isolated: null }), format)
  return rows.map(({ timeMs, cells }) => [(timeMs - START_MS) / 1000, cells[0]?.number])
}

it('tells of moments, newest first, and not of one that has not ended', () => {
  expect(rowsOf([1, 2, 3]).slice(0, 2)).toEqual([
    [2, '3'],
    [1, '2'],
  ])
  expect(rowsOf([1, 2, NaN])[0]).toEqual([1, '2'])
})

it('a hole at the end stays one', () => {
  expect(rowsOf([1, NaN, NaN]).slice(0, 2)).toEqual([
    [1, '–'],
    [0, '1'],
  ])
})
