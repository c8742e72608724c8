import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Counters } from './counters.ts'
import { matcher } from './exclude.ts'
import { ByteScanner } from './linux/byte-scanner.ts'

describe('counters', () => {
  it('give a rate that is never negative, and none at the first reading', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 2 }), (counts) => {
        const counters = new Counters(1)
        counts.forEach((count, reading) => {
          counters.begin(reading * 500)
          const rate = counters.rate(0, count)
          const grown = reading === 0 ? NaN : count - (counts[reading - 1] ?? NaN)
          expect(rate).toBe(grown >= 0 ? grown / 0.5 : NaN)
        })
      }),
    )
  })
})

describe('globs', () => {
  it('cover whole names, and take dots as they are', () => {
    const isCovered = matcher(['veth*', 'fuse.lxc?s', '/run/user/*'])
    expect(['veth12', 'fuse.lxcfs', '/run/user/1000/doc'].every(isCovered)).toBe(true)
    expect(['my-veth1', 'fuseXlxcfs', '/run/users'].some(isCovered)).toBe(false)
  })
})

describe('the byte scanner', () => {
  it('reads the numbers that were written', () => {
    const numbers = fc.array(fc.maxSafeInteger(), { minLength: 1 })
    fc.assert(
      fc.property(numbers, (written) => {
        const bytes = Buffer.from(written.join(' \t ') + '\n')
        const scanner = new ByteScanner().over(bytes, bytes.length)
        expect(written.map(() => scanner.number() + 0)).toEqual(written)
        expect(scanner.number()).toBeNaN()
      }),
    )
  })

  it('reads fractions and stops at the end of any bytes', () => {
    const bytes = Buffer.from('12.345 x')
    const scanner = new ByteScanner().over(bytes, bytes.length)
    expect(scanner.number()).toBe(12.345)
    expect(scanner.number()).toBeNaN()
    scanner.skipFields(9)
    scanner.skipLine()
    expect(scanner.atEnd).toBe(true)
  })
})
