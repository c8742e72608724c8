import { describe, expect, it } from 'vitest'
import { BesideLists } from './beside-lists.ts'

/** What is shown after lists of these ids came one after another. */
function shown() {
  const beside = new BesideLists()
  return (ids: readonly number[], { chosen = null as number | null, isInUse = false } = {}) =>
    beside.next(
      ids.map((id) => ({ id })),
      { chosen, isInUse: () => isInUse },
    )
}

describe('the incident beside the lists', () => {
  it('is the first, and stays when a more severe one comes', () => {
    const next = shown()
    expect(next([])).toBeNull()
    expect(next([1, 2])).toBe(1)
    expect(next([9, 1, 2])).toBe(1)
  })

  it('gives way to the first when it is over, unless somebody is at it', () => {
    const next = shown()
    expect(next([1, 2])).toBe(1)
    expect(next([2], { isInUse: true })).toBe(1)
    expect(next([], { isInUse: true })).toBe(1)
    expect(next([2, 3])).toBe(2)
    expect(next([])).toBeNull()
  })

  it('is the one that is chosen, whatever is listed and whoever is at another', () => {
    const next = shown()
    expect(next([1, 2])).toBe(1)
    expect(next([1, 2], { chosen: 7, isInUse: true })).toBe(7)
    expect(next([1, 2])).toBe(1)
    expect(next([1, 2], { chosen: 2 })).toBe(2)
    expect(next([1, 2])).toBe(2)
  })
})
