import { describe, expect, it } from 'vitest'
import { sparkPath } from './spark-path.ts'

const of = (...ratios: number[]) => sparkPath(new Float32Array(ratios))

describe('a small line', () => {
  it('runs from point to point, and down to the ground', () => {
    expect(of(0, 0.5, 1)).toEqual({
      line: 'M0 100L1 50L2 0',
      area: 'M0 100L1 50L2 0V100H0Z',
      width: 2,
    })
  })

  it('leaves a hole where there is no value', () => {
    const { line, area } = of(NaN, 0.25, 0.25, NaN, NaN, 1)
    expect(line).toBe('M1 75L2 75M5 0')
    expect(area).toBe('M1 75L2 75V100H1ZM5 0V100H5Z')
  })

  it('is nothing without a value, and no higher than full', () => {
    expect(of(NaN, NaN).line).toBe('')
    expect(of().line).toBe('')
    expect(of(1.7, 1).line).toBe('M0 0L1 0')
  })
})
