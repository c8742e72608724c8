import { describe, expect, it } from 'vitest'
import { RecentCpu } from './recent-cpu.ts'

const tail = (recent: RecentCpu, count: number) =>
  [...recent.ratios.slice(-count)].map((ratio) => (Number.isNaN(ratio) ? null : ratio))

describe('the last two minutes', () => {
  it('end with what the hub knows, holes left open', () => {
    const recent = new RecentCpu()
    recent.fill({ endMs: 10_000, stepMs: 1000, cpuRatio: [0.25, null, 0.5] })
    expect(recent.ratios.length).toBe(120)
    expect(tail(recent, 4)).toEqual([null, 0.25, null, 0.5])
  })

  it('move on by the clock: a late second leaves a hole, an old one falls into its place', () => {
    const recent = new RecentCpu()
    recent.fill({ endMs: 10_000, stepMs: 1000, cpuRatio: [0.25] })
    recent.push(13_000, 0.5, 1000)
    expect(tail(recent, 4)).toEqual([0.25, null, null, 0.5])
    recent.push(12_000, 0.75, 1000)
    recent.push(12_000 - 120_000, 1, 1000)
    expect(tail(recent, 4)).toEqual([0.25, null, 0.75, 0.5])
  })

  it('start over after an absence longer than they are, or with another interval', () => {
    const recent = new RecentCpu()
    recent.fill({ endMs: 10_000, stepMs: 1000, cpuRatio: [0.25] })
    recent.push(500_000, 0.5, 1000)
    expect(recent.ratios.filter((ratio) => !Number.isNaN(ratio)).length).toBe(1)
    recent.push(510_000, 0.75, 5000)
    expect(recent.ratios.length).toBe(24)
    expect(tail(recent, 2)).toEqual([null, 0.75])
  })
})
