// Owns how spans of time are written for people: "24 min", "3 d 4 h", in the reader's language.
import type { Locale } from './locale.ts'
import { fixed } from './number.ts'
import { joined, type Quantity } from './quantity.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Step = readonly [sizeMs: number, en: string, fr: string]
const STEPS: readonly Step[] = [
  [DAY, 'd', 'j'],
  [HOUR, 'h', 'h'],
  [MINUTE, 'min', 'min'],
  [SECOND, 's', 's'],
]

/** A span as one whole number and unit, rounded down: an age never claims more than has passed. */
export function formatAge(spanMs: number, locale: Locale): Quantity {
  const span = Math.max(0, spanMs)
  const [size, en, fr] = STEPS.find(([stepMs]) => span >= stepMs) ?? [SECOND, 's', 's']
  return { number: fixed(Math.floor(span / size), 0, locale), unit: locale === 'fr' ? fr : en }
}

/** A span with its two largest parts, "3 d 4 h"; the second is left out when it is nothing. */
export function formatDuration(spanMs: number, locale: Locale): string {
  const first = formatAge(spanMs, locale)
  const index = STEPS.findIndex(([stepMs]) => spanMs >= stepMs)
  const step = STEPS[index]
  const next = STEPS[index + 1]
  if (!step || !next) return joined(first)
  const rest = spanMs % step[0]
  return rest < next[0] ? joined(first) : `${joined(first)} ${joined(formatAge(rest, locale))}`
}

/** A measured time in seconds, from microseconds up: 1.2 ms, 0.4 s, 5 min. */
export function formatSeconds(seconds: number, locale: Locale): Quantity {
  const size = Math.abs(seconds)
  if (size === 0) return { number: fixed(0, 0, locale), unit: 'ms' }
  if (size < 0.000_995) return { number: fixed(seconds * 1e6, 0, locale), unit: 'µs' }
  if (size < 0.9995) {
    const ms = seconds * 1000
    return { number: fixed(ms, Math.abs(ms) < 9.95 ? 1 : 0, locale), unit: 'ms' }
  }
  if (size < 120) return { number: fixed(seconds, size < 9.95 ? 1 : 0, locale), unit: 's' }
  return formatAge(seconds * 1000, locale)
}
