import { expect, it } from 'vitest'
import { SettledOrder } from './settled-order.ts'

it('an order stands until its occasion changes, or hosts come or go', () => {
  const order = new SettledOrder()
  expect(order.of('a', [1, 2], () => [1, 2])).toEqual([1, 2])
  expect(order.of('a', [1, 2], () => [2, 1])).toEqual([1, 2])
  expect(order.of('b', [1, 2], () => [2, 1])).toEqual([2, 1])
  expect(order.of('b', [1, 2, 3], () => [3, 1, 2])).toEqual([3, 1, 2])
  expect(order.of('b', [1, 3], () => [1, 3])).toEqual([1, 3])
})
