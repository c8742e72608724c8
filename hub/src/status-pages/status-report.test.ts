// What a status page says of many hosts (docs/status-page.md, S3, S5 and S6).
import { describe, expect, it } from 'vitest'
import { SkippingClock } from '../../test/skipping-clock.ts'
import { createAvailabilityReader } from './availability-reader.ts'
import { problemsSentence, summaryOf } from './page-sentences.ts'
import type { PageHost, StatusPageRecord, StatusSources } from './ports.ts'
import { renderPage } from './render-page.ts'
import { MAX_HOSTS_SHOWN, reportOf, type StatusReport } from './status-report.ts'

const PAGE: StatusPageRecord = {
  ...{ id: 1, slug: 'ours', title: 'Ours', text: '', hostTags: null, names: 'shown' },
  ...{ isOn: true, endsMs: null, createdMs: 0 },
}

/** A fleet of so many hosts, of which these are down; the sixth is in maintenance. */
function report(
  count: number,
  { down = [], page = PAGE }: { down?: readonly number[]; page?: StatusPageRecord } = {},
): Promise<StatusReport> {
  const clock = new SkippingClock()
  const nowMs = clock.nowMs()
  const hosts = Array.from({ length: count }, (_, index): PageHost => {
    const id = index + 1
    const status = down.includes(id) ? 'down' : 'up'
    const seen = { createdMs: nowMs, lastSeenMs: nowMs, intervalMs: 1000 }
    return { id, name: `host-${1000 - id}`, tags: [], status, ...seen }
  })
  const sources: StatusSources = {
    hosts: () => hosts,
    incidents: () => [
      { hostId: 6, severity: 'crisis' },
      { hostId: 7, severity: 'warning' },
      { hostId: null, severity: 'crisis' },
      { hostId: 9999, severity: 'crisis' },
    ],
    maintenance: () => [
      { means: ({ id }) => id === 6, spans: [{ startsMs: nowMs - 1000, endsMs: nowMs + 60_000 }] },
    ],
    gaps: () => Promise.resolve({ items: [], isCut: false }),
    firstTickMs: () => Promise.resolve(undefined),
    graceMs: () => 30_000,
    retentionMs: 864e6,
  }
  return reportOf(page, {
    sources,
    availability: createAvailabilityReader(sources, clock),
    clock,
  })
}

describe('the report of a page', () => {
  it('S5 shows the worst two hundred, counts the others, and says how all of them are', async () => {
    const many = await report(MAX_HOSTS_SHOWN + 5, { down: [3, 204] })
    expect(many.hosts).toHaveLength(MAX_HOSTS_SHOWN)
    expect(many.hosts.slice(0, 4).map(({ name, condition }) => [name, condition])).toEqual([
      ['host-796', 'down'],
      ['host-997', 'down'],
      ['host-994', 'maintenance'],
      ['host-795', 'up'],
    ])
    expect(summaryOf(many, 'en').sentence).toBe('2 of 205 servers are down.')
    expect(summaryOf(many, 'fr').sentence).toBe('2 serveurs sur 205 sont en panne.')
    const page = renderPage(many, { locale: 'en', isStill: false })
    expect(page).toContain('5 more servers not shown here.')
  })

  it('S3 numbers hosts whose names it hides in the order in which they joined', async () => {
    const { hosts } = await report(3, { down: [2], page: { ...PAGE, names: 'hidden' } })
    expect(hosts.map(({ name, number }) => [name, number])).toEqual([
      [null, 2],
      [null, 1],
      [null, 3],
    ])
  })

  it('S6 counts the open incidents of its hosts, but of none that is in maintenance', async () => {
    const all = await report(8)
    expect(all.problems).toEqual({ crisis: 0, warning: 1 })
    expect(problemsSentence(all, 'en')).toBe('Open problems: 1 warning.')
    expect(summaryOf(all, 'en')).toEqual({
      tone: 'maintenance',
      sentence: '1 of 8 servers is in maintenance.',
    })
    const both = { ...all, problems: { crisis: 2, warning: 1 } }
    expect(problemsSentence(both, 'fr')).toBe(
      'Problèmes en cours\u202f: 2 critiques, 1 avertissement.',
    )
    expect(summaryOf(both, 'en').tone).toBe('warning')
  })

  it('S5 says of one server what it says of many', async () => {
    expect(summaryOf(await report(1), 'en').sentence).toBe('The server is up.')
    expect(summaryOf(await report(1, { down: [1] }), 'fr').sentence).toBe(
      'Le serveur est en panne.',
    )
    expect(summaryOf(await report(0), 'en').sentence).toBe('No server is on this page yet.')
    expect(problemsSentence(await report(0), 'en')).toBeUndefined()
  })
})
