import { expect, it } from 'vitest'
import { sparkline } from './sparkline.ts'

it('has a height for each value, from the least to the greatest', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toEqual({
    text: '▁▂▃▄▅▆▇█',
    scale: { low: 0, high: 7 },
  })
})

it('shows of each stretch the value that is furthest on the side that is watched', () => {
  const spike = Array.from({ length: 600 }, (_, index) => (index === 305 ? 1 : 0.5))
  expect(sparkline(spike, { columns: 10 }).text).toBe('▁▁▁▁▁█▁▁▁▁')
  const dip = spike.map((value) => 1 - value)
  expect(sparkline(dip, { columns: 10, side: 'low' }).text).toBe('█████▁████')
})

it('has a dot for what is unknown, never a height', () => {
  expect(sparkline([null, 5, null]).text).toBe('·▄·')
  expect(sparkline([null, null])).toEqual({ text: '··', scale: null })
  expect(sparkline([])).toEqual({ text: '', scale: null })
})
