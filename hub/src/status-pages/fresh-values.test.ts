// How often a status page is computed (docs/status-page.md, C1), and the gaps of a host are read (C2).
import { expect, it } from 'vitest'
import { SkippingClock } from '../../test/skipping-clock.ts'
import { createFreshValues } from './fresh-values.ts'

const FRESH_MS = 15_000

it('C1 C2 whoever comes while something is computed waits for it, however long it takes', async () => {
  const clock = new SkippingClock()
  const cache = createFreshValues<number>(clock, FRESH_MS)
  const computing: PromiseWithResolvers<number>[] = []
  const read = (): Promise<number> =>
    cache.read(1, () => {
      const begun = Promise.withResolvers<number>()
      computing.push(begun)
      return begun.promise
    })
  const first = [read(), read()]
  clock.skip(2 * FRESH_MS)
  first.push(read())
  expect(computing).toHaveLength(1)
  computing[0]?.resolve(7)
  expect(await Promise.all([...first, read()])).toEqual([7, 7, 7, 7])
  expect(computing).toHaveLength(1)
  clock.skip(FRESH_MS)
  const next = read()
  computing[1]?.resolve(8)
  expect(await next).toBe(8)
})

it('C1 C2 what failed is tried again by who comes next, and what was changed is computed anew', async () => {
  const cache = createFreshValues<string>(new SkippingClock(), FRESH_MS)
  const failing = cache.read(1, () => Promise.reject(new Error('the disk is full')))
  await expect(failing).rejects.toThrow('the disk is full')
  expect(await cache.read(1, () => Promise.resolve('old'))).toBe('old')
  expect(await cache.read(2, () => Promise.resolve('other'))).toBe('other')
  cache.forget(1)
  expect(await cache.read(1, () => Promise.resolve('new'))).toBe('new')
  expect(await cache.read(2, () => Promise.resolve('no'))).toBe('other')
  cache.forgetAllBut(new Set([2]))
  expect(await cache.read(2, () => Promise.resolve('no'))).toBe('other')
  cache.forgetAll()
  expect(await cache.read(2, () => Promise.resolve('yes'))).toBe('yes')
})
