// Owns how the metric of a comparison, its choices and its numbers are written.
import { findMetric, type Unit } from '@vigie/shared/metrics/catalogue'
import { parseSeries } from '@vigie/shared/metrics/series'
import type { Format } from '../chart/legend-rows.ts'
import { formatMetric } from '../format/format-value.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'
import { metricNameOf, type AttributeChoice } from './series-choice.ts'

type Words = typeof Translate

/** `Disk throughput: read, sda`. */
export function seriesTitle(written: string, locale: Locale, t: Words): string {
  const label = findMetric(metricNameOf(written)).label[locale]
  const values = Object.values(parseSeries(written)?.attributes ?? {})
  if (values.length === 0) return label
  return t('compare:chosen', {
    metric: label,
    values: values.map((value) => valueWord(value, t)).join(', '),
  })
}

/** What an option of a choice says; null is the option that leaves the attribute open. */
export function optionWord(
  choice: AttributeChoice,
  value: string | null,
  { written, t }: { written: string; t: Words },
): string {
  const attribute = attributeWord(choice.attribute, t)
  if (value !== null) return t('compare:only', { attribute, value: valueWord(value, t) })
  if (choice.hasWhole) return t('compare:whole', { attribute })
  const isLowWorse = findMetric(metricNameOf(written)).better === 'higher'
  return t(isLowWorse ? 'compare:lowest' : 'compare:highest', { attribute })
}

/** An attribute that agents of others made has no word of ours: its name is it. */
export function attributeWord(attribute: string, t: Words): string {
  return wordOr(`compare:attributes.${attribute.replaceAll('.', '-')}`, attribute, t)
}

export function formatOf(written: string, locale: Locale): Format {
  const metric = findMetric(metricNameOf(written))
  return (value) => formatMetric(value, metric, locale)
}

/** A difference that means nothing for a unit (odd-one.ts). */
export function grainOf(unit: Unit): number {
  switch (unit) {
    case '1':
      return 0.01
    case 'By':
      return 16 * 2 ** 20
    case 'By/s':
    case 'bit/s':
      return 50_000
    case 's':
      return 0.001
    case 'Cel':
      return 1
    default:
      return 0.5
  }
}

// What names a thing (a mount, a disk) is not a word to be looked up.
function valueWord(value: string, t: Words): string {
  return /^[a-z]+$/.test(value) ? wordOr(`compare:values.${value}`, value, t) : value
}

function wordOr(key: string, otherwise: string, t: Words): string {
  return t(key as 'compare:title', { defaultValue: otherwise })
}
