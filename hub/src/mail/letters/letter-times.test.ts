// Days and times as readers of either language have them, whose clocks are not UTC.
import type { Locale } from '@vigie/shared/format/locale'
import { describe, expect, it } from 'vitest'
import { createLetterTimes } from './letter-times.ts'

const NOW_MS = Date.UTC(2026, 10, 29, 13, 8, 32)
const timesIn = (locale: Locale, nowMs = NOW_MS) =>
  createLetterTimes({ locale, zone: 'Europe/Paris', nowMs })

describe('a span', () => {
  const morning = [Date.UTC(2026, 10, 29, 7), Date.UTC(2026, 10, 29, 8, 30)] as const

  it('has no day when it is of the day of the letter', () => {
    expect(timesIn('en').span(...morning)).toBe('08:00 to 09:30\u00a0CET')
    expect(timesIn('fr').span(...morning)).toBe('08:00 à 09:30\u00a0UTC+1')
  })

  it('has its day once when it is of another one', () => {
    const later = Date.UTC(2026, 11, 2)
    expect(timesIn('en', later).span(...morning)).toBe('Sun 29 Nov 08:00 to 09:30\u00a0CET')
    expect(timesIn('fr', later).span(...morning)).toBe('dim. 29 nov. 08:00 à 09:30\u00a0UTC+1')
  })

  it('has both days when it began on another day than it ended, today too', () => {
    const [fromMs, toMs] = [Date.UTC(2026, 10, 24, 7), morning[1]]
    expect(timesIn('en').span(fromMs, toMs)).toBe('Tue 24 Nov 08:00 to Sun 29 Nov 09:30\u00a0CET')
    expect(timesIn('fr').span(fromMs, toMs)).toBe(
      'mar. 24 nov. 08:00 à dim. 29 nov. 09:30\u00a0UTC+1',
    )
  })

  it('goes by the midnight of its reader', () => {
    const [fromMs, toMs] = [Date.UTC(2026, 10, 28, 22, 30), Date.UTC(2026, 10, 28, 23, 30)]
    expect(timesIn('en').span(fromMs, toMs)).toBe('Sat 28 Nov 23:30 to Sun 29 Nov 00:30\u00a0CET')
  })
})

it('the first of a month is an ordinal in French', () => {
  const firstMs = Date.UTC(2026, 11, 1, 7)
  const french = timesIn('fr')
  expect(french.day(firstMs)).toBe('1er décembre 2026')
  expect(french.at(firstMs)).toMatch(/^mar\. 1er déc\. 08:00:00/)
  expect(french.short(firstMs)).toMatch(/^mar\. 1er déc\. 08:00/)
  expect(french.span(firstMs, firstMs + 10 * 86_400_000)).toMatch(
    /^mar\. 1er déc\. 08:00 à ven\. 11 déc\. 08:00/,
  )
  expect(timesIn('en').day(firstMs)).toBe('1 December 2026')
})
