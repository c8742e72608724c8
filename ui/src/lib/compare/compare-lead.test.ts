import { createInstance, type TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Locale } from '../i18n/languages.ts'
import { MESSAGES } from '../i18n/messages.test-support.ts'
import { compareLead, leadText } from './compare-lead.ts'
import { formatOf } from './metric-words.ts'
import { verdictOn } from './odd-one.ts'

let speak: Record<Locale, TFunction>
beforeAll(async () => {
  const i18n = createInstance({ resources: MESSAGES, ns: ['compare'], fallbackLng: 'en' })
  await i18n.init()
  speak = { en: i18n.getFixedT('en'), fr: i18n.getFixedT('fr') }
})

function sentence(values: readonly number[], locale: Locale = 'en'): string {
  const verdict = verdictOn(
    values.map((value, index) => ({ id: index + 1, value })),
    0.01,
  )
  if (!verdict) throw new Error('nobody')
  const format = formatOf('system.cpu.utilization', locale)
  const t = speak[locale] as never
  const nameOf = (id: number) => `db-${id}`
  return leadText(compareLead(verdict, { t, locale, format, nameOf })).replaceAll('\u00a0', ' ')
}

describe('the first sentence of a comparison', () => {
  it('names the odd one, how much, and how many times the others', () => {
    expect(sentence([0.2, 0.21, 0.92, 0.19, 0.2])).toBe(
      'db-3 stands out: 92 %, 4.6 times the median of 20 %.',
    )
    expect(sentence([0.2, 0.21, 0.8, 0.19, 0.2])).toContain('80 %, 4 times')
  })

  it('gives the two numbers where a factor says nothing', () => {
    expect(sentence([0.9, 0.91, 0.1, 0.89, 0.9])).toBe(
      'db-3 stands out: 10 %, where the median is 90 %.',
    )
    expect(sentence([0, 0, 0.5, 0])).toBe('db-3 stands out: 50 %, where the median is 0 %.')
  })

  it('names a few, and counts the others', () => {
    expect(sentence([0.2, 0.21, 0.19, 0.2, 0.2, 0.2, 0.9, 0.8])).toBe(
      'db-7 (90 %), db-8 (80 %) stand out from the median of 20 %.',
    )
    const many = [...Array<number>(20).fill(0.2), 0.9, 0.8, 0.7, 0.6, 0.95]
    expect(sentence(many)).toContain('and 2 more stand out from')
  })

  it('says that nobody does, and between what all are', () => {
    expect(sentence([0.18, 0.2, 0.22, 0.24])).toBe(
      'No host stands out: all 4 are between 18 % and 24 %, median 21 %.',
    )
    expect(sentence([0.2, 0.2, 0.2])).toBe('No host stands out: all 3 are at 20 %.')
  })

  it('does not judge one or two', () => {
    expect(sentence([0.2])).toBe('db-1 is at 20 %. It takes others to compare it with.')
    expect(sentence([0.2, 0.9])).toBe('db-2 is at 90 %, db-1 at 20 %.')
  })

  it('says it in French', () => {
    expect(sentence([0.2, 0.21, 0.92, 0.19, 0.2], 'fr').replaceAll('\u202f', ' ')).toBe(
      'db-3 se distingue : 92 %, soit 4,6 fois la médiane de 20 %.',
    )
  })
})
