import { describe, expect, it } from 'vitest'
import { targetOf } from './row-cursor.svelte.ts'

const table = { count: 1000, perRow: 1 }
const grid = { count: 1000, perRow: 6 }

describe('the keys of the fleet', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 4, 5],
    ['ArrowUp', 4, 3],
    ['ArrowUp', 0, 0],
    ['PageDown', 4, 16],
    ['PageUp', 4, 0],
    ['Home', 500, 0],
    ['End', 500, 999],
    ['ArrowDown', 999, 999],
  ])('in a table, %s from %i leads to %i', (key, from, to) => {
    expect(targetOf(key, from, table)).toBe(to)
  })

  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 4, 10],
    ['ArrowRight', 4, 5],
    ['ArrowLeft', 4, 3],
    ['ArrowUp', 10, 4],
    ['PageDown', 0, 30],
    ['End', 3, 999],
  ])('in a grid of six, %s from %i leads to %i', (key, from, to) => {
    expect(targetOf(key, from, grid)).toBe(to)
  })

  it('leaves other keys alone, and sideways keys where nothing stands side by side', () => {
    expect(targetOf('a', 4, table)).toBeUndefined()
    expect(targetOf('ArrowRight', 4, table)).toBeUndefined()
  })
})
