import { describe, expect, it } from 'vitest'
import { buildFrame } from './chart-frame.ts'
import type { ChartPlan } from './chart-plan.ts'
import { plotWindow } from './plot-window.ts'
import type { Samples } from './samples.ts'

const START_MS = 1_795_400_000_000

/** Ten seconds of samples; null where there is none. */
function samplesOf(series: Record<string, (number | null)[]>): Samples {
  const valueAt = (key: string, timeMs: number) => series[key]?.[(timeMs - START_MS) / 1000] ?? NaN
  return {
    stepMs: 1000,
    slotOf: (timeMs) => Math.round(timeMs / 1000),
    valueAt,
    copy: (key, firstSlot, out) => {
      for (let index = 0; index < out.length; index++) {
        out[index] = valueAt(key, (firstSlot + index) * 1000)
      }
      return true
    },
  }
}

function planOf(keys: string[], more: Partial<ChartPlan> = {}): ChartPlan {
  const series = keys.map((key) => ({ key, label: key, colour: 'data-1' as const }))
  return { id: 'x', title: 'X', note: '', unit: '{thing}', shape: 'lines', series, ...more }
}

const window = plotWindow(START_MS + 4000, 4000, 400)

describe('a frame', () => {
  it('stacks parts on each other and sums them up', () => {
    const samples = samplesOf({ a: [1, 2, 3, 4, 5], b: [10, 10, null, 10, 10] })
    const frame = buildFrame(planOf(['a', 'b'], { shape: 'stack' }), samples, {
      window,
      isolated: null,
    })
    expect(frame.heights).toEqual([
      [1, 2, 3, 4, 5],
      [11, 12, null, 14, 15],
    ])
    expect(frame.total).toEqual({ last: 15, min: 3, mean: 11, max: 15 })
    expect(frame.axis.high).toBeGreaterThanOrEqual(15)
  })

  it('draws what goes out below zero, and keeps its numbers as they were measured', () => {
    const plan = planOf(['in', 'out'])
    const [first, second] = plan.series
    if (!first || !second) throw new Error('two series')
    const samples = samplesOf({ in: [4, 4, 4, 4, 4], out: [1, 2, 3, 2, 1] })
    const mirrored = { ...plan, series: [first, { ...second, below: true }] }
    const frame = buildFrame(mirrored, samples, { window, isolated: null })
    expect(frame.heights[1]).toEqual([-1, -2, -3, -2, -1])
    expect(frame.statistics[1]?.max).toBe(3)
    expect(frame.axis.low).toBeLessThanOrEqual(-3)
  })

  it('leaves a hole where there is no value', () => {
    const frame = buildFrame(planOf(['a']), samplesOf({ a: [1, null, 0, 2, 3] }), {
      window,
      isolated: null,
    })
    expect(frame.heights[0]).toEqual([1, null, 0, 2, 3])
  })

  it('shows one series alone at its own scale', () => {
    const samples = samplesOf({ a: [1, 1, 1, 1, 2], b: [900, 900, 900, 900, 900] })
    const frame = buildFrame(planOf(['a', 'b']), samples, { window, isolated: 'a' })
    expect(frame.axis.high).toBeLessThan(10)
    expect(frame.statistics[1]?.mean).toBe(900)
  })

  it('is empty, with an axis, where nothing was measured', () => {
    const frame = buildFrame(planOf(['a'], { ceiling: 8 }), samplesOf({}), {
      window,
      isolated: null,
    })
    expect(frame.some).toBe(false)
    expect(frame.axis).toMatchObject({ low: 0, high: 8 })
  })

  it('makes room for its threshold', () => {
    const plan = planOf(['a'], { threshold: { value: 8, label: '8 cores' } })
    const frame = buildFrame(plan, samplesOf({ a: [1, 1, 1, 1, 1] }), { window, isolated: null })
    expect(frame.axis.high).toBeGreaterThanOrEqual(8)
  })
})
