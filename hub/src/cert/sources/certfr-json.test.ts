// Structured documents of all years and shapes: what becomes of them, and which are refused.
import { describe, expect, it } from 'vitest'
import { documentOfJson } from './certfr-json.ts'

const expected = {
  source: 'certfr-alerts',
  kind: 'alert',
  reference: 'CERTFR-2026-ALE-011',
  url: 'https://site.example/alerte/CERTFR-2026-ALE-011/',
} as const

const json = (more: object = {}): string =>
  JSON.stringify({
    reference: 'CERTFR-2026-ALE-011',
    title: 'Vulnérabilité dans Foc',
    revisions: [{ description: 'Version initiale', revision_date: '2026-09-28T00:00:00.000000' }],
    ...more,
  })

const on = (day: string, description = 'x'): object => ({
  description: `  ${description}`,
  revision_date: `${day}T00:00:00.000000`,
})

describe('a document', () => {
  it('has the dates of its revisions, in whatever order they stand', () => {
    const revisions = [on('2026-10-14', 'b'), on('2026-09-28', 'a'), on('2026-10-14', 'c')]
    expect(documentOfJson(json({ revisions }), expected)).toMatchObject({
      publishedMs: Date.UTC(2026, 8, 28),
      revisedMs: Date.UTC(2026, 9, 14),
      revisions: [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
    })
  })

  it('with nothing but a title and a date is one', () => {
    const nothing = { revisions: null, cves: null, affected_systems: null, summary: null }
    const document = documentOfJson(json(nothing), { ...expected, publishedMs: 86_400_000 })
    expect(document).toMatchObject({ publishedMs: 86_400_000, revisedMs: null, affected: [] })
  })

  it.each([
    ['2026-10-20', undefined, Date.UTC(2026, 9, 20)],
    [null, undefined, null],
    ['2026-10-20', null, null],
    [null, 86_400_000, 86_400_000],
    ['soon', 86_400_000, 86_400_000],
  ])('closed at %j, by the list at %j, is closed at %j', (closed_at, closedMs, ms) => {
    const document = documentOfJson(json({ closed_at }), { ...expected, closedMs })
    expect(document.closedMs).toBe(ms)
  })

  it('names systems in a list beside its table, and keeps what is written around it', () => {
    const affected_systems_content =
      '<p>Les versions qui suivent :</p><ul><li>Foc 1.x</li><li>Foc 2.x</li></ul><p>Foc 0.x ne sera pas corrigé.</p>'
    const affected_systems = [
      { description: 'Foc 2.x', product: { name: 'N/A', vendor: { name: 'Foc', scada: false } } },
      { description: '', product: { name: 'Foc', vendor: { name: 'N/A' } } },
      { description: null, product: null },
    ]
    const document = documentOfJson(json({ affected_systems, affected_systems_content }), expected)
    expect(document.affected).toEqual([
      { text: 'Foc 2.x', vendor: 'Foc', product: null },
      { text: 'Foc', vendor: null, product: 'Foc' },
      { text: 'Foc 1.x', vendor: null, product: null },
    ])
    expect(document.summary).toBe('Les versions qui suivent :\n\nFoc 0.x ne sera pas corrigé.')
  })

  it('whose systems are named by a sentence alone has that', () => {
    const document = documentOfJson(json({ affected_systems_content: 'Tous les Foc.' }), expected)
    expect(document.affected).toEqual([{ text: 'Tous les Foc.', vendor: null, product: null }])
  })

  it('of immense size is cut', () => {
    const many = <T>(item: T): T[] => Array<T>(20_000).fill(item)
    const document = documentOfJson(
      json({
        title: 'x'.repeat(10_000),
        summary: 'y '.repeat(300_000),
        cves: Array.from({ length: 20_000 }, (_, i) => ({ name: `CVE-2026-${10_000 + i}` })),
        affected_systems: many({ description: 'z'.repeat(50) }),
        risks: Array.from({ length: 20_000 }, (_, i) => ({ description: `risque ${i}` })),
        links: Array.from({ length: 20_000 }, (_, i) => ({
          title: 'a',
          url: `https://a.example/${i}`,
        })),
        revisions: many(on('2026-09-28')),
      }),
      expected,
    )
    expect(document.title).toHaveLength(300)
    expect(document.summary.length).toBeLessThanOrEqual(40_000)
    expect(document.cves).toHaveLength(5_000)
    expect(document.affected).toHaveLength(1_000)
    expect(document.risks).toHaveLength(50)
    expect(document.links).toHaveLength(300)
    expect(document.revisions).toHaveLength(300)
  })

  it('takes as CVEs only what is one', () => {
    const cves = ['CVE-2026-12345', 'CVE-2026-12345', 'CVE-1', 'x', 'CVE-2026-12345678', ''].map(
      (name) => ({ name }),
    )
    expect(documentOfJson(json({ cves }), expected).cves).toEqual(['CVE-2026-12345'])
  })
})

describe('no document', () => {
  it.each([
    ['bad-document', ''],
    ['bad-document', '<html></html>'],
    ['bad-document', 'null'],
    ['bad-document', '[]'],
    ['bad-document', json({ reference: 'CERTFR-2026-ALE-010' })],
    ['bad-document', json({ title: 7 })],
    ['bad-document', json({ revisions: 'x' })],
    ['bad-document', json({ affected_systems: [7] })],
    ['blank-title', json({ title: ' <b> </b>\u200b' })],
    ['bad-date', json({ revisions: [] })],
    ['bad-date', json({ revisions: [on('2026-99-99')] })],
  ])('%s: %s', (kind, body) => {
    expect(() => documentOfJson(body, expected)).toThrow(expect.objectContaining({ kind }))
  })
})
