import { expect, it } from 'vitest'
import { chartCsv } from './chart-csv.ts'
import { buildFrame } from './chart-frame.ts'
import type { ChartPlan } from './chart-plan.ts'
import { plotWindow } from './plot-window.ts'

const START_MS = Date.parse('2026-11-23T10:00:00Z')
const KEY = 'system.network.io{network.interface.name="eth0"}'
const plan: ChartPlan = {
  id: 'x',
  title: 'X',
  note: '',
  unit: 'By/s',
  shape: 'lines',
  series: [{ key: KEY, label: 'in', colour: 'data-1' }],
}

it('has a row for each bucket that has a value, with its start, its ends and its mean', () => {
  const means = [5, NaN, 7, 8]
  const fill = (add: number) => (_: string, firstSlot: number, out: Float64Array) => {
    const first = START_MS / 60_000
    for (const at of out.keys()) out[at] = (means[firstSlot + at - first] ?? NaN) + add
    return true
  }
  const samples = {
    stepMs: 60_000,
    middleMs: 30_000,
    slotOf: (timeMs: number) => Math.floor(timeMs / 60_000),
    copy: fill(0),
    copyBand: (key: string, firstSlot: number, low: Float64Array, high: Float64Array) => {
      fill(-1)(key, firstSlot, low)
      fill(1)(key, firstSlot, high)
    },
    valueAt: () => NaN,
  }
  const window = plotWindow(START_MS + 180_000, 180_000, 300)
  const csv = chartCsv(plan, buildFrame(plan, samples, { window, isolated: null }))
  const name = '"system.network.io{network.interface.name=""eth0""}"'
  expect(csv.split('\r\n')).toEqual([
    'time,series,min,mean,max',
    `2026-11-23T10:00:00.000Z,${name},4,5,6`,
    `2026-11-23T10:02:00.000Z,${name},6,7,8`,
    `2026-11-23T10:03:00.000Z,${name},7,8,9`,
    '',
  ])
})
