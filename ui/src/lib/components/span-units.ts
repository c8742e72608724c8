// Owns the units in which people write spans of time. What is stored is milliseconds.
import type { Locale } from '../i18n/languages.ts'
import type { AmountUnit } from './amount.ts'

const SIZES = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const
export type SpanUnit = keyof typeof SIZES

export function spanUnits(names: readonly SpanUnit[], locale: Locale): AmountUnit[] {
  return names.map((id) => ({
    id,
    label: id === 'd' && locale === 'fr' ? 'j' : id,
    size: SIZES[id],
    isUsual: id === 'min',
  }))
}
