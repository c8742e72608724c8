// What Prometheus is told of the CERT watch: a whole hub, a publisher on loopback, and the text of /metrics.
import { expect, it, vi } from 'vitest'
import { advisory, AdvisoryBoard } from './advisory-board.ts'
import { OPS, startMailingApp, untilLedger } from './mailing-app.ts'
import type { TestHub } from './test-hub.ts'
import { hostWith, nginx } from './watched-hosts.ts'

const OF_NGINX = {
  affected: [{ text: 'nginx versions antérieures à 1.26.2', vendor: 'F5', product: 'nginx' }],
}
const ALERT = 'CERTFR-2099-ALE-901'

/** The figures of the watch as they are told now, by name and labels. */
async function figuresOf({ registry }: TestHub): Promise<Map<string, number>> {
  const lines = (await registry.metrics()).split('\n')
  const own = lines.filter((line) => line.startsWith('vigie_cert_') && !line.includes('_bucket{'))
  return new Map(
    own.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  )
}

it('runs, what is open, whom it concerns, what waits, and how long comparing took', async () => {
  const board = await AdvisoryBoard.start(
    advisory(ALERT, OF_NGINX),
    advisory('CERTFR-2099-ALE-900', { closedMs: Date.UTC(2026, 8, 29) }),
  )
  const hub = await startMailingApp({
    mailTo: [OPS],
    certCron: '0 0 1 1 *',
    advisorySources: [board.source()],
    limits: { gatherPackagesMs: 50 },
  })
  await untilLedger(hub, (ledger) => ledger.some(({ kind }) => kind === 'watch'))
  const before = Date.now()
  await hub.certWatch.checkNow()
  board.mood = 'down'
  for (let run = 0; run < 2; run++) await hub.certWatch.checkNow()
  await hostWith(hub, 'web-1', [nginx('1.24.0')])
  await hostWith(hub, 'web-2', [nginx('1.26.2')])
  const concerned = 'vigie_cert_hosts{verdict="concerned"}'
  const figures = await vi.waitUntil(
    async () => {
      const found = await figuresOf(hub)
      return found.get(concerned) === 1 && found.get('vigie_cert_news_waiting') === 0 && found
    },
    { timeout: 60_000, interval: 200 },
  )
  const source = 'source="certfr-alerts"'
  expect(Object.fromEntries(figures)).toMatchObject({
    [`vigie_cert_runs_total{${source},outcome="well"}`]: 2,
    [`vigie_cert_runs_total{${source},outcome="partly"}`]: 0,
    [`vigie_cert_runs_total{${source},outcome="failed"}`]: 2,
    [`vigie_cert_failed_runs_in_a_row{${source}}`]: 2,
    'vigie_cert_advisories_open{kind="alert"}': 1,
    'vigie_cert_advisories_open{kind="notice"}': 0,
    'vigie_cert_advisories_concerning{kind="alert"}': 1,
    'vigie_cert_hosts{verdict="check"}': 0,
  })
  const lastGood = figures.get(`vigie_cert_last_good_run_timestamp_seconds{${source}}`) ?? 0
  expect(lastGood * 1000).toBeGreaterThanOrEqual(before)
  expect(figures.get('vigie_cert_matching_seconds_count')).toBeGreaterThan(0)

  const handled = { state: 'patched', comment: '', by: 'ada', atMs: 1 } as const
  await hub.certWatch.advisories.setHandled(ALERT, handled, handled)
  const dealtWith = await vi.waitUntil(
    async () => {
      const found = await figuresOf(hub)
      return found.get('vigie_cert_advisories_open{kind="alert"}') === 0 && found
    },
    { timeout: 60_000, interval: 200 },
  )
  expect(dealtWith.get('vigie_cert_advisories_concerning{kind="alert"}')).toBe(0)
  expect(dealtWith.get(concerned)).toBe(0)
})
