import { describe, expect, it } from 'vitest'
import { DrivenClock } from '../../test/test-clocks.ts'
import { Budget, type Cost } from './budget.ts'
import { paceOf } from './pace.ts'

const MINUTE_MS = 60_000

/** A budget of 10 % and 100 MB, and what each minute costs. */
function watched() {
  const clock = new DrivenClock()
  const cost = { cpuMs: 0, memoryBytes: 50e6 } satisfies Cost
  const reclaimable = { bytes: 0 }
  const levels: number[] = []
  const budget = new Budget({
    clock,
    maxCpuRatio: 0.1,
    maxMemoryBytes: 100e6,
    cost: () => cost,
    relieve: () => (cost.memoryBytes -= reclaimable.bytes),
    onLevel: (level) => levels.push(level),
  })
  const minutes = (count: number, cpuRatio: number, memoryBytes = 50e6) => {
    for (let minute = 0; minute < count; minute++) {
      cost.cpuMs += cpuRatio * MINUTE_MS
      cost.memoryBytes = memoryBytes
      clock.advance(MINUTE_MS)
    }
  }
  return { budget, levels, minutes, reclaimable }
}

describe('a budget', () => {
  it('does not count what starting costs', () => {
    const { levels, minutes } = watched()
    minutes(1, 0.9)
    minutes(10, 0.02)
    expect(levels).toEqual([])
  })

  it('slows down by a level each minute above it, by CPU or by memory, to the last', () => {
    const { levels, minutes } = watched()
    minutes(1, 0)
    minutes(1, 0.11)
    minutes(1, 0.02, 101e6)
    minutes(9, 0.5)
    expect(levels).toEqual([1, 2, 3])
  })

  it('gives memory back first, and slows down for what is left of it', () => {
    const { budget, levels, minutes, reclaimable } = watched()
    reclaimable.bytes = 60e6
    minutes(5, 0.02, 150e6)
    expect(levels).toEqual([])
    reclaimable.bytes = 10e6
    minutes(4, 0.02, 150e6)
    expect(levels).toEqual([1, 2, 3])
    expect(budget.stuckBytes).toBe(140e6)
    minutes(1, 0.02, 90e6)
    expect(budget.stuckBytes).toBeNull()
  })

  it('goes back by a level after five minutes well below it, and not while it is near', () => {
    const { budget, levels, minutes } = watched()
    minutes(1, 0)
    minutes(2, 0.2)
    minutes(20, 0.08)
    minutes(4, 0.01)
    expect(levels).toEqual([1, 2])
    minutes(6, 0.01)
    expect(levels).toEqual([1, 2, 1, 0])
    budget.close()
    minutes(9, 0.9)
    expect(budget.level).toBe(0)
  })
})

it.each([
  [0, 1_000, 1, 1_000],
  [1, 1_000, 6, 1_000],
  [2, 1_000, 6, 5_000],
  [3, 1_000, 6, 10_000],
  [3, 10_000, 6, 60_000],
  [2, 60_000, 6, 60_000],
])(
  'level %i of %i ms: beside the tick %i times rarer, a tick each %i ms',
  (level, set, factor, intervalMs) => {
    expect(paceOf(level, set)).toEqual({ besideFactor: factor, intervalMs })
  },
)
