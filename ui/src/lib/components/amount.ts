// Owns amounts as people write them: a number in a unit of their choice, with a comma or a point.
import type { Locale } from '../i18n/languages.ts'

/** Lists of them begin with the smallest. */
export interface AmountUnit {
  readonly id: string
  readonly label: string
  /** How much of the stored unit one of it is. */
  readonly size: number
  /** Taken where the amount says nothing: none yet, or 0. */
  readonly isUsual?: boolean
}

/** The largest unit that writes it whole, or else with a 1 or more before the point: 90 min, and not 1.5 h. */
export function unitFor(value: number, units: readonly AmountUnit[]): AmountUnit {
  const [first] = units
  if (!first) throw new Error('an amount has a unit')
  const usual = units.find(({ isUsual }) => isUsual) ?? first
  if (!Number.isFinite(value) || value === 0) return usual
  const fitting = units.filter(({ size }) => Math.abs(value) >= size)
  const whole = fitting.filter(({ size }) => Number.isInteger(plain(value / size)))
  return whole.at(-1) ?? fitting.at(-1) ?? first
}

/** Empty for NaN. */
export function amountText(value: number, size: number, locale: Locale): string {
  if (!Number.isFinite(value)) return ''
  const text = String(plain(value / size))
  return locale === 'fr' ? text.replace('.', ',') : text
}

/** In the stored unit; NaN when it is no number. */
export function parseAmount(text: string, size: number): number {
  const written = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
  return /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(written)
    ? plain(Number(written) * size)
    : NaN
}

// Without the noise of binary fractions: 57 % is 0.57.
function plain(value: number): number {
  return Number(value.toPrecision(12))
}
