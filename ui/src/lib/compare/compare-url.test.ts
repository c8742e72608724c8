import { describe, expect, it } from 'vitest'
import { lastRange, USUAL_RANGE } from '../chart/time-address.ts'
import { compareQuery, DEFAULT_METRIC, readComparison } from './compare-url.ts'

const read = (query: string) => readComparison(new URLSearchParams(query))
const usual = lastRange(USUAL_RANGE)

describe('the address of a comparison', () => {
  it('shows the CPU of the whole fleet when it says nothing', () => {
    expect(read('')).toEqual({ metric: DEFAULT_METRIC, hosts: null, query: '' })
    expect(compareQuery(read(''), usual)).toBe('')
  })

  it('is read back as it was written', () => {
    const comparison = {
      metric: 'system.filesystem.usage{system.filesystem.mountpoint="/srv,1&2"}',
      hosts: [1, 3, 12],
      query: 'web prod',
    }
    expect(read(compareQuery(comparison, usual))).toEqual(comparison)
  })

  it('says the range as the address of a host does', () => {
    expect(compareQuery({ hosts: [2, 5] }, lastRange('6h'))).toBe('?hosts=2,5&range=6h')
    expect(compareQuery({}, { kind: 'between', fromMs: 10, toMs: 20 })).toBe('?from=10&to=20')
  })

  it('leaves what it does not understand at its default', () => {
    expect(read('metric=a%7Bb&hosts=x,0,-1')).toEqual(read(''))
    expect(read('hosts=3,x,1,3').hosts).toEqual([1, 3])
  })
})
