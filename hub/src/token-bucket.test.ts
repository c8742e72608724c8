import { expect, it } from 'vitest'
import { AddressBuckets, TokenBucket } from './token-bucket.ts'

it('a bucket gives its burst, then what time brings', () => {
  const bucket = new TokenBucket({ burst: 2, perSecond: 1 }, 0)
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([true, true, false])
  expect([bucket.take(1000), bucket.take(1000)]).toEqual([true, false])
  expect(bucket.take(500)).toBe(false)
})

it('addresses do not spend for each other, but one IPv6 network is one address', () => {
  const buckets = new AddressBuckets({ burst: 1, perSecond: 0 })
  expect(buckets.take('192.0.2.1', 0)).toBe(true)
  expect(buckets.take('192.0.2.1', 0)).toBe(false)
  expect(buckets.take('192.0.2.2', 0)).toBe(true)
  expect(buckets.take('2001:db8::1', 0)).toBe(true)
  expect(buckets.take('2001:db8:0:0:ffff::2', 0)).toBe(false)
  expect(buckets.take('2001:db8:0:1::1', 0)).toBe(true)
})

it('it remembers a bounded number of addresses', () => {
  const buckets = new AddressBuckets({ burst: 1, perSecond: 0 }, 10)
  for (let index = 0; index < 100; index++) buckets.take(`192.0.2.${index}`, 0)
  expect(buckets.size).toBe(10)
})
