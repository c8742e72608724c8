import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictOn } from './odd-one.ts'

const of = (...values: number[]) => values.map((value, id) => ({ id, value }))
const oddOf = (...values: number[]) => verdictOn(of(...values), 0.01)?.odd.map(({ id }) => id)

describe('the odd one', () => {
  it('is the one that is far from all others, however far', () => {
    expect(oddOf(0.2, 0.21, 0.19, 0.91, 0.22)).toEqual([3])
    expect(oddOf(0.2, 0.21, 0.19, 900, 0.22)).toEqual([3])
    expect(oddOf(0.9, 0.91, 0.1, 0.92, 0.9)).toEqual([2])
  })

  it('may be several, the furthest first', () => {
    expect(oddOf(20, 21, 19, 22, 60, 18, 90, 20)).toEqual([6, 4])
  })

  it('is nobody among hosts that vary as much as each other', () => {
    expect(oddOf(0.1, 0.3, 0.5, 0.7, 0.9)).toEqual([])
  })

  it('is nobody when the difference is nothing for the metric, or two hosts are all', () => {
    expect(oddOf(0.001, 0.001, 0.001, 0.02)).toEqual([])
    expect(oddOf(0.1, 0.9)).toEqual([])
  })

  it('tells the ends and the median, and nothing of nobody', () => {
    expect(verdictOn(of(3, 1, 2, 10), 1)).toMatchObject({
      count: 4,
      median: 2.5,
      low: { id: 1 },
      high: { id: 3 },
    })
    expect(verdictOn([], 1)).toBeNull()
  })

  it('does not depend on the order of the hosts or on the unit', () => {
    const values = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(values, (list) => {
        const odd = (scale: number, hosts = of(...list)) =>
          verdictOn(
            hosts.map(({ id, value }) => ({ id, value: value * scale })),
            64 * scale,
          )
            ?.odd.map(({ id }) => id)
            .sort()
        expect(odd(1, of(...list).reverse())).toEqual(odd(1))
        expect(odd(4)).toEqual(odd(1))
      }),
    )
  })

  it('never is a host between two that are not odd', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 30 })
    fc.assert(
      fc.property(values, (list) => {
        const hosts = of(...list)
        const odd = new Set(verdictOn(hosts, 1)?.odd.map(({ id }) => id))
        const usual = hosts.filter(({ id }) => !odd.has(id)).map(({ value }) => value)
        for (const { id, value } of hosts) {
          if (odd.has(id)) {
            expect(value < Math.min(...usual) || value > Math.max(...usual)).toBe(true)
          }
        }
      }),
    )
  })
})
