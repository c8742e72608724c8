// What is said of macOS, and of the browser that comes with it.
import { describe, expect, it } from 'vitest'
import { advisory, linux, machine, match, told } from './matching-fixtures.ts'

const mac = (version: string) => linux('apple', 'macOS', version, '24.2.0')

describe('Safari, whose number no inventory tells', () => {
  it.each([
    ['15.2 (Sequoia)', 'Safari versions antérieures à 18.3', 'check unclear-version'],
    ['15.3', 'Safari versions antérieures à 18.3', undefined],
    ['14.6.1 (Sonoma)', 'Safari versions antérieures à 18.3', 'check unclear-version'],
    ['26.1 (Tahoe)', 'Safari versions antérieures à 26.1', undefined],
    ['26.0 (Tahoe)', 'Safari versions antérieures à 26.1', 'check unclear-version'],
    ['15.2', 'Safari pour iOS versions antérieures à 18.3', undefined],
  ])('macOS %s: %s', (version, line, verdict) => {
    expect(told(match(advisory({}, [line]), machine([], mac(version))))).toBe(verdict)
  })

  it('is on no other system', () => {
    expect(match(advisory({}, ['Safari versions antérieures à 18.3']), machine([]))).toBeUndefined()
  })
})
