// What a line of several advisories says became of each, and French that agrees with "alerte" and "avis".
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { Locale } from '@vigie/shared/format/locale'
import { describe, expect, it } from 'vitest'
import { sampleLinks } from '../../../test/sample-links.ts'
import type { DigestItem } from '../../cert/teller.ts'
import type { ToldAdvisory } from '../../cert/watch-ports.ts'
import { sampleAlert, sampleDigest } from '../sample-advisories.ts'
import { advisoryDigestLetter, advisorySummaryLetter } from './advisory-digest-letter.ts'
import { advisoryLetter } from './advisory-letter.ts'
import { letterContext } from './letter-context.ts'

const NOW_MS = Date.UTC(2026, 11, 9, 8)
const contextIn = (locale: Locale) =>
  letterContext({
    recipient: 'ops@example.org',
    locale,
    zone: 'Europe/Paris',
    nowMs: NOW_MS,
    links: sampleLinks,
    cap: null,
  })

/** As one line, however it was broken. */
const oneLine = (text: string): string => text.replaceAll(/[ \n]+/g, ' ')

const publishedMs = Date.UTC(2026, 11, 1)
const revision = { publishedMs, revisedMs: Date.UTC(2026, 11, 8), closedMs: null }
const closure = { publishedMs, revisedMs: null, closedMs: Date.UTC(2027, 0, 1) }
const dated = (advisory: ToldAdvisory, dates: Partial<AdvisoryDocument>): ToldAdvisory => ({
  ...advisory,
  document: { ...advisory.document, ...dates },
})
const revised = dated(sampleAlert(NOW_MS), revision)
const closed = dated(sampleAlert(NOW_MS), closure)

describe('the mail of several alerts', () => {
  const textOf = (item: DigestItem, locale: Locale): string =>
    oneLine(advisorySummaryLetter([item], contextIn(locale)).text)

  it.each([
    [['added'], '1 machine; CERTFR-'],
    [['added', 'revised'], '1 machine; CERTFR-'],
    [['concerned'], '1 machine; CERTFR-'],
    [['revised'], '1 machine; updated; CERTFR-'],
    [['concerned', 'revised'], '1 machine; updated; CERTFR-'],
    [['revised', 'closed'], '1 machine; closed; CERTFR-'],
  ] as const)('says what became of an alert: %s', (kinds, words) => {
    expect(textOf({ advisory: revised, kinds }, 'en')).toContain(words)
  })

  it('speaks of an alert in the feminine in French', () => {
    expect(textOf({ advisory: revised, kinds: ['revised'] }, 'fr')).toContain(
      '1 machine\u00a0; mise à jour\u00a0; CERTFR-0000-ALE-000, publiée le 1er décembre 2026, modifiée le 8 décembre 2026.',
    )
    expect(textOf({ advisory: closed, kinds: ['closed'] }, 'fr')).toContain(
      '1 machine\u00a0; clôturée\u00a0; CERTFR-0000-ALE-000, publiée le 1er décembre 2026, clôturée le 1er janvier 2027.',
    )
  })
})

it('the digest speaks of an "avis" in the masculine in French', () => {
  const [first] = sampleDigest(NOW_MS)
  if (!first) throw new Error('there is none')
  const textOf = (kind: 'revised' | 'closed', dates: Partial<AdvisoryDocument>): string => {
    const item = { advisory: dated(first.advisory, dates), kinds: [kind] }
    return oneLine(advisoryDigestLetter([item], contextIn('fr')).text)
  }
  expect(textOf('revised', revision)).toContain(
    '1 machine\u00a0; mis à jour\u00a0; CERTFR-0000-AVI-0001, publié le 1er décembre 2026, modifié le 8 décembre 2026.',
  )
  expect(textOf('closed', closure)).toContain(
    '1 machine\u00a0; clôturé\u00a0; CERTFR-0000-AVI-0001, publié le 1er décembre 2026, clôturé le 1er janvier 2027.',
  )
})

it('the French mail of an alert that is closed says on which day', () => {
  const { subject, text } = advisoryLetter('closed', { ...closed, changes: [] }, contextIn('fr'))
  expect(subject).toMatch(/^Alerte CERT-FR, clôturée\u00a0: /)
  expect(oneLine(text)).toContain('Elle a été clôturée le 1er janvier 2027.')
})
