// Owns units wherever people read them: a value in a catalogue unit becomes a number and a unit.
import type { Metric, Unit } from '../metrics/catalogue.ts'
import type { Locale } from './locale.ts'
import { formatSeconds } from './duration.ts'
import { count, decimalsFor, fixed } from './number.ts'
import { joined, UNKNOWN, type Quantity } from './quantity.ts'

export interface FormatOptions {
  /** Memory is counted in powers of 1024, everything else in powers of 1000. */
  readonly binary?: boolean
  /** Decimals of a percentage: none where many rows stand under each other. */
  readonly percentDecimals?: number
}

const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P']
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi']

/** The number and unit of a value; `–` without a unit when it is not known. */
export function formatValue(
  value: number | null | undefined,
  unit: Unit,
  locale: Locale,
  options: FormatOptions = {},
): Quantity {
  if (value === null || value === undefined || Number.isNaN(value)) return UNKNOWN
  switch (unit) {
    case '1':
      return formatRatio(value, locale, options.percentDecimals)
    case 'By':
      return scaled(value, { unit: byteName(locale), locale, binary: options.binary ?? false })
    case 'By/s':
      return scaled(value, { unit: `${byteName(locale)}/s`, locale, binary: false })
    case 'bit/s':
      return scaled(value, { unit: 'bit/s', locale, binary: false })
    case 's':
      return formatSeconds(value, locale)
    case 'Cel':
      return { number: fixed(value, Math.abs(value) < 100 ? 1 : 0, locale), unit: '°C' }
    case 'bit':
      return { number: count(value, locale), unit: 'bit' }
    default:
      return formatCount(value, unit, locale)
  }
}

/** The same for a metric of the catalogue, which knows its unit and whether it is memory. */
export function formatMetric(
  value: number | null | undefined,
  metric: Metric,
  locale: Locale,
): Quantity {
  const binary = metric.group === 'memory' || metric.name.includes('.memory.')
  return formatValue(value, metric.unit, locale, { binary })
}

/** Number and unit in one string that does not break. */
export function formatText(
  value: number | null | undefined,
  metric: Metric,
  locale: Locale,
): string {
  return joined(formatMetric(value, metric, locale))
}

function formatRatio(ratio: number, locale: Locale, decimals?: number): Quantity {
  const percent = ratio * 100
  const places = decimals ?? (percent !== 0 && Math.abs(percent) < 9.95 ? 1 : 0)
  return { number: fixed(percent, places, locale), unit: '%' }
}

interface Scale {
  readonly unit: string
  readonly locale: Locale
  readonly binary: boolean
}

function scaled(value: number, { unit, locale, binary }: Scale): Quantity {
  const base = binary ? 1024 : 1000
  const prefixes = binary ? BINARY : DECIMAL
  let power = 0
  let rest = value
  // 999.6 would be written as 1000: it goes up a step.
  while (Math.abs(rest) >= base - 0.5 && power < prefixes.length - 1) {
    rest /= base
    power++
  }
  const decimals = power === 0 ? 0 : Math.min(1, decimalsFor(rest))
  return { number: fixed(rest, decimals, locale), unit: `${prefixes[power] ?? ''}${unit}` }
}

function byteName(locale: Locale): string {
  return locale === 'fr' ? 'o' : 'B'
}

// `{switch}/s` counts things in a second, `{process}` counts things; what they are is in the title.
function formatCount(value: number, unit: string, locale: Locale): Quantity {
  const perSecond = unit.endsWith('/s') ? '/s' : ''
  if (Math.abs(value) < 9999.5) return { number: count(value, locale), unit: perSecond }
  const { number, unit: prefix } = scaled(value, { unit: '', locale, binary: false })
  return { number, unit: `${prefix}${perSecond}` }
}
