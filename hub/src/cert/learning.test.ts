import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import { expect, it } from 'vitest'
import { advisory } from '../../test/advisory-board.ts'
import { lessonOf, type Lesson } from './learning.ts'
import type { KeptAdvisory } from './watch-ports.ts'

const NOW_MS = Date.UTC(2026, 9, 12)
const REFERENCE = 'CERTFR-2026-AVI-1207'

/** Of a notice; without a hash only the list could be read. */
function learn(
  listHash: string,
  change: Partial<AdvisoryDocument>,
  known: readonly KeptAdvisory[] = [],
): Lesson {
  const document = advisory(REFERENCE, { kind: 'notice', publishedMs: NOW_MS, ...change })
  const { reference, title } = document
  const listed = [{ reference, title, listHash, isClosed: false }]
  return lessonOf(
    { by: 'page', listed, isWhole: false, documents: [document], failures: [] },
    {
      source: { id: 'certfr-notices', url: 'https://cert.example/avis/' },
      known: new Map(known.map((one) => [one.reference, one])),
      baselineMs: NOW_MS,
      nowMs: NOW_MS,
    },
  )
}

it('W8: what the list says of a new one is told and is no document that was read', () => {
  const first = learn('', { affected: [] })
  expect(first.advisories).toMatchObject([{ isRead: false, document: { affected: [] } }])
  expect(first.added).toEqual([REFERENCE])
  const second = learn('a', {}, first.advisories)
  expect(second.advisories).toMatchObject([{ isRead: true }])
  expect(second.news).toMatchObject([
    { kind: 'revised', detail: { changes: [{ field: 'document' }] } },
  ])
})

it('W8, W9: of what was only further down nothing is told, when it can be read either', () => {
  const publishedMs = Date.UTC(2026, 8, 1)
  const first = learn('', { affected: [], publishedMs })
  expect(first).toMatchObject({ advisories: [{ isRead: false, isBaseline: true }], news: [] })
  const second = learn('a', { publishedMs }, first.advisories)
  expect(second).toMatchObject({ advisories: [{ isRead: true, isBaseline: true }], news: [] })
})
