// Owns the first sentence of a comparison: who stands out and by how much, or that nobody does.
import { fixed } from '../format/number.ts'
import { joined } from '../format/quantity.ts'
import type { Format } from '../chart/legend-rows.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'
import type { Verdict } from './odd-one.ts'

/** A sentence that begins with hosts to go to. */
export interface CompareLead {
  readonly odd: readonly { readonly id: number; readonly text: string }[]
  readonly rest: string
}

export interface LeadWords {
  readonly t: typeof Translate
  readonly locale: Locale
  readonly format: Format
  readonly nameOf: (id: number) => string
}

/** So many are named; the rest is counted. */
const NAMED = 3
/** Below this "so many times" says less than the two numbers. */
const LEAST_FACTOR = 1.5

export function compareLead(verdict: Verdict, words: LeadWords): CompareLead {
  const [first, ...others] = verdict.odd
  if (!first) return { odd: [], rest: calm(verdict, words) }
  const { t, nameOf } = words
  const say = (value: number) => joined(words.format(value))
  const median = say(verdict.median)
  if (others.length === 0) {
    const factor = first.value / verdict.median
    const isTimes = verdict.median > 0 && factor >= LEAST_FACTOR && Number.isFinite(factor)
    return {
      odd: [{ id: first.id, text: t('compare:oddOne', { name: nameOf(first.id) }) }],
      rest: isTimes
        ? t('compare:oddTimes', { value: say(first.value), factor: times(factor, words), median })
        : t('compare:oddMedian', { value: say(first.value), median }),
    }
  }
  const more = verdict.odd.length - NAMED
  const counted = { count: more, number: fixed(more, 0, words.locale) }
  return {
    odd: verdict.odd.slice(0, NAMED).map(({ id, value }) => ({
      id,
      text: t('compare:oddNamed', { name: nameOf(id), value: say(value) }),
    })),
    rest: `${more > 0 ? ` ${t('compare:oddMore', counted)}` : ''} ${t('compare:oddSeveral', { median })}`,
  }
}

/** The whole sentence as text. */
export function leadText({ odd, rest }: CompareLead): string {
  return odd.map(({ text }) => text).join(', ') + rest
}

function calm({ count, low, high, median }: Verdict, words: LeadWords): string {
  const { t, nameOf } = words
  const say = (value: number) => joined(words.format(value))
  if (count === 1) return t('compare:one', { name: nameOf(high.id), value: say(high.value) })
  if (count === 2) {
    return t('compare:two', {
      high: nameOf(high.id),
      highValue: say(high.value),
      low: nameOf(low.id),
      lowValue: say(low.value),
    })
  }
  const ends = { low: say(low.value), high: say(high.value), median: say(median) }
  const number = fixed(count, 0, words.locale)
  if (ends.low === ends.high) return t('compare:equal', { number, median: ends.median })
  return t('compare:alike', { number, ...ends })
}

function times(factor: number, { locale }: LeadWords): string {
  const isWhole = factor >= 10 || Math.abs(factor - Math.round(factor)) < 0.05
  return fixed(factor, isWhole ? 0 : 1, locale)
}
