import type { Process } from '@vigie/shared/protocol/inventory'
import { describe, expect, it } from 'vitest'
import { nextOrder, ordered } from './process-order.ts'

const process = (pid: number, more: Partial<Process> = {}): Process => ({
  pid,
  name: `p${pid}`,
  command: '',
  memoryBytes: 0,
  ...more,
})
const pids = (processes: readonly Process[]) => processes.map(({ pid }) => pid)

describe('the order of processes', () => {
  const some = [process(1, { cpuRatio: 0.5 }), process(2), process(3, { cpuRatio: 2 })]

  it('puts the unknown last both ways', () => {
    expect(pids(ordered(some, { by: 'cpu', descending: true }))).toEqual([3, 1, 2])
    expect(pids(ordered(some, { by: 'cpu', descending: false }))).toEqual([1, 3, 2])
  })

  it('leaves equals in the order of their numbers, and the list itself as it is', () => {
    const equals = [process(9), process(4), process(7)]
    expect(pids(ordered(equals, { by: 'memory', descending: true }))).toEqual([4, 7, 9])
    expect(pids(equals)).toEqual([9, 4, 7])
  })

  it('begins a column where one looks for it, and turns it at the second click', () => {
    const byCpu = { by: 'cpu', descending: true } as const
    expect(nextOrder(byCpu, 'memory')).toEqual({ by: 'memory', descending: true })
    expect(nextOrder(byCpu, 'name')).toEqual({ by: 'name', descending: false })
    expect(nextOrder(byCpu, 'cpu')).toEqual({ by: 'cpu', descending: false })
  })
})
