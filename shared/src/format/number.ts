// Owns how plain numbers are written: three significant figures or so, by locale, with formatters made once.
import type { Locale } from './locale.ts'

const cache = new Map<string, Intl.NumberFormat>()

/** A number with exactly this many decimals, grouped as the locale does. */
export function fixed(value: number, decimals: number, locale: Locale): string {
  const key = `${locale}:${decimals}`
  let format = cache.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
    cache.set(key, format)
  }
  // -0 would be written with its sign.
  return format.format(Number(value.toFixed(decimals)) + 0)
}

/** Decimals that keep about three figures: 0.05, 6.1, 24.3, 480. */
export function decimalsFor(value: number): number {
  const size = Math.abs(value)
  if (size >= 99.95) return 0
  if (size >= 0.995 || size === 0) return size === 0 ? 0 : 1
  return 2
}

/** A count: whole from 100 or when it is whole, else with the decimals that say something. */
export function count(value: number, locale: Locale): string {
  return fixed(value, Number.isInteger(value) ? 0 : decimalsFor(value), locale)
}
