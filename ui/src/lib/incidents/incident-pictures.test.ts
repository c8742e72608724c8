// The lanes of a day, and the small picture of an hour.
import { describe, expect, it } from 'vitest'
import { FIRED_MS, fullDisk, incidentOf } from './incident.test-support.ts'
import { lanesOf, placeOf } from './lanes.ts'
import { miniChart } from './mini-chart.ts'

const HOUR = 3_600_000

describe('lanes', () => {
  it('are one a host, what is open first, with crises over the warnings that led to them', () => {
    const over = { state: 'resolved', resolvedMs: FIRED_MS } as const
    const lanes = lanesOf(
      [
        fullDisk(1, { ...over, firedMs: FIRED_MS - HOUR }),
        incidentOf(2),
        fullDisk(3, { ...over, hostId: 3, hostName: 'web-3' }),
        incidentOf(4, { ...over, resolvedMs: FIRED_MS - 30 * HOUR, hostId: 9 }),
      ],
      { fromMs: FIRED_MS - 24 * HOUR, hubName: 'the hub', locale: 'en' },
    )
    expect(lanes.map(({ name }) => name)).toEqual(['web-3', 'db-1'])
    expect(lanes[0]?.bars.map(({ id, toMs }) => [id, toMs])).toEqual([
      [3, FIRED_MS],
      [2, null],
    ])
  })

  it('begin and end within the stretch', () => {
    const stretch = { fromMs: 1000, toMs: 2000 }
    expect(placeOf({ fromMs: 1250, toMs: 1500 }, stretch)).toEqual({ left: 0.25, width: 0.25 })
    expect(placeOf({ fromMs: 500, toMs: null }, stretch)).toEqual({ left: 0, width: 1 })
    expect(placeOf({ fromMs: 1500, toMs: 1500 }, stretch)).toEqual({ left: 0.5, width: 0 })
  })
})

describe('the picture of an hour', () => {
  const box = { width: 144 + 4, height: 126 }
  const data = (values: (number | null)[], threshold: number | null = null) => ({
    series: 'system.filesystem.utilization{system.filesystem.mountpoint="/var"}',
    fromMs: 0,
    stepMs: 60_000,
    values,
    threshold,
  })

  it('breaks its line where there is no sample, and says where that is', () => {
    const chart = miniChart(data([null, 0.9, 0.95, null, 1]), box, 'en')
    expect(chart.line.match(/M/g)).toHaveLength(2)
    expect(chart.area.match(/Z/g)).toHaveLength(2)
    expect(chart.holes).toEqual([
      { x: 44, width: 20 },
      { x: 104, width: 20 },
    ])
  })

  it('ends at all there can be, and has its limit within', () => {
    const chart = miniChart(data([0.6, 0.7], 0.9), box, 'en')
    expect(chart.labels.at(-1)?.text.replace('\u00a0', ' ')).toBe('100 %')
    expect(chart.limitY).toBe(8 + 10)
  })

  it('is drawn of nothing too', () => {
    const chart = miniChart(data([null, null]), box, 'en')
    expect(chart.line).toBe('')
    expect(chart.holes).toHaveLength(1)
    expect(miniChart(data([]), box, 'en').holes).toEqual([])
  })
})
