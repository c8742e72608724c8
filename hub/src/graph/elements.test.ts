import { describe, expect, it } from 'vitest'
import { fitted, hatching, paragraph, widthOf } from './elements.ts'

describe('a text that is too wide', () => {
  it('is cut within: what tells names apart is often their end', () => {
    const names = ['/var/lib/machines/production/data', '/var/lib/machines/production/logs']
    const shown = names.map((name) => fitted(name, 12, 90))
    expect(shown).toEqual(['/var…ion/data', '/var…ion/logs'])
    for (const text of shown) expect(widthOf(text, 12)).toBeLessThanOrEqual(90)
    expect(fitted('/var/lib', 12, 90)).toBe('/var/lib')
    expect(fitted('日本語の長いサービス名', 12, 90)).toMatch(/^日本.*…/)
  })

  it('goes on in the next line where it is a sentence', () => {
    const parts = ['Friday, 27 November 2026, 13:07 to Saturday, 28 November 2026', 'UTC']
    expect(paragraph(parts, 13, 240)).toEqual([
      'Friday, 27 November 2026, 13:07',
      'to Saturday, 28 November 2026',
      'UTC',
    ])
    expect(paragraph(parts, 13, 900)).toEqual([parts.join(' · ')])
  })
})

describe('hatching', () => {
  it('leaves room for a word', () => {
    const word = { left: 40, top: 20, width: 20, height: 10 }
    const area = { left: 10, top: 10, width: 80, height: 40 }
    const { segments } = hatching(area, '#000000', word)['shape'] as { segments: number[][] }
    expect(segments.length).toBeGreaterThan(20)
    for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of segments) {
      const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2]
      expect(x > 40 && x < 60 && y > 20 && y < 30, `${x}, ${y}`).toBe(false)
      expect(x >= 10 && x <= 90 && y >= 10 && y <= 50, `${x}, ${y}`).toBe(true)
    }
  })
})
