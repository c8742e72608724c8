// Owns how a series is called in a sentence: by its mountpoint, device, interface or sensor, and by its measure.
import type { Locale } from '../format/locale.ts'
import { ANY_ATTRIBUTE, ATTRIBUTE_VALUES } from '../metrics/attribute-words.ts'
import { findMeasure } from '../metrics/derived.ts'
import { parseSeries, type Attributes } from '../metrics/series.ts'
import { lowered } from './phrase.ts'
import { plainLine } from './plain-line.ts'

const PLACE_LENGTH = 60

/** What tells a series from others of its metric: "/var", "sda read", "core 3"; empty where nothing does. */
export function seriesWords(series: string, locale: Locale): string {
  return placeWords(parseSeries(series)?.attributes ?? {}, locale)
}

/** The measure and its place: "disk await, read sda". */
export function measureWords(series: string, locale: Locale): string {
  const parsed = parseSeries(series)
  if (!parsed) return plainLine(series)
  const label = lowered(plainLine(findMeasure(parsed.metric).label[locale]))
  return [label, placeWords(parsed.attributes, locale)].filter(Boolean).join(', ')
}

/** Attributes in words; a glob that means all of them reads "any device". */
export function placeWords(attributes: Attributes, locale: Locale, separator = ' '): string {
  const words = Object.keys(attributes)
    .sort()
    .map((name) => valueWords(name, attributes[name] ?? '', locale))
  return plainLine(words.join(separator), PLACE_LENGTH)
}

function valueWords(name: string, value: string, locale: Locale): string {
  if (value === '*')
    return ANY_ATTRIBUTE[locale][name] ?? { en: `any ${name}`, fr: `tout ${name}` }[locale]
  if (name === 'cpu.logical_number') return `${locale === 'fr' ? 'cœur' : 'core'} ${value}`
  return ATTRIBUTE_VALUES[locale][value] ?? value
}
