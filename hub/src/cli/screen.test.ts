import { describe, expect, it } from 'vitest'
import { column, lineText, sparkline } from './screen.ts'

describe('a line of a screen', () => {
  it('is cut to the width, colours not counted, and holds no command to the terminal', () => {
    const line = [{ text: 'ab\u001b[2Jc', style: 'red' as const }, { text: 'defgh' }]
    expect(lineText(line, { width: 8, isColour: false })).toBe('ab\ufffd[2Jcd')
    const coloured = lineText(line, { width: 8, isColour: true })
    expect(coloured).toMatch(/^\u001b\[31mab\ufffd\[2Jc\u001b\[39md$/)
  })

  it('has columns of one width', () => {
    expect(column('é', 3)).toBe('é  ')
    expect(column('abcdef', 4)).toBe('a…ef')
    expect(column('/var/lib/a', 6)).toBe('/v…b/a')
    expect(column('abc', 1)).toBe('…')
    expect(column('12', 4, 'right')).toBe('  12')
  })
})

describe('a sparkline', () => {
  it('shows the newest values against the top, and nothing where there is nothing', () => {
    expect(sparkline([0.9, 0, 0.5, null, 1], 4, 1)).toBe('▁▅ █')
    expect(sparkline([1, 2], 4)).toBe('  ▅█')
    expect(sparkline([0, 0], 2)).toBe('▁▁')
  })
})
