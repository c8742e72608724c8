import { describe, expect, it } from 'vitest'
import { amountText, parseAmount, unitFor } from './amount.ts'

const percent = { id: 'percent', label: '%', size: 0.01 }
const spans = [
  { id: 's', label: 's', size: 1000 },
  { id: 'min', label: 'min', size: 60_000 },
  { id: 'h', label: 'h', size: 3_600_000 },
]

describe('an amount', () => {
  it('is read as it was written, in whole steps of its unit', () => {
    for (let written = 0; written <= 100; written++) {
      const stored = parseAmount(String(written), percent.size)
      expect(amountText(stored, percent.size, 'en')).toBe(String(written))
    }
    expect(parseAmount('57', percent.size)).toBe(0.57)
  })

  it('takes a comma or a point, and writes what the language has', () => {
    expect(parseAmount('1,5', 1)).toBe(1.5)
    expect(parseAmount(' 1.5 ', 1)).toBe(1.5)
    expect(amountText(1.5, 1, 'fr')).toBe('1,5')
    expect(amountText(1.5, 1, 'en')).toBe('1.5')
  })

  it('is none when it is no number', () => {
    for (const text of ['', ' ', 'ninety', '1.2.3', '-', '0x10', 'Infinity']) {
      expect(parseAmount(text, 1)).toBeNaN()
    }
    expect(amountText(NaN, 1, 'en')).toBe('')
  })

  it('is written in the largest unit that keeps it whole', () => {
    expect(unitFor(90_000, spans).id).toBe('s')
    expect(unitFor(300_000, spans).id).toBe('min')
    expect(unitFor(86_400_000, spans).id).toBe('h')
    expect(unitFor(5400_000, spans).id).toBe('min')
  })

  it('is written in the usual unit where it says nothing', () => {
    const [s, min, h] = spans
    const usual = [s, { ...min, isUsual: true }, h].filter((unit) => unit?.id !== undefined)
    expect(unitFor(0, usual as typeof spans).id).toBe('min')
    expect(unitFor(NaN, usual as typeof spans).id).toBe('min')
  })
})
