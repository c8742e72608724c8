// The watch as it is by default: a whole hub, Chromium, and a site made as CERT-FR's is.
import type { MailDetail } from '@vigie/shared/api/mail'
import { expect, it, vi } from 'vitest'
import { CertSite } from './cert-site/cert-site.ts'
import { certfr } from './cert-site/certfr.ts'
import { ledgerOf, OPS, startMailingApp, untilLedger } from './mailing-app.ts'

it('W1 to W3: a hub begins to watch the site, and mails what it publishes then, by its feed too', async () => {
  const site = await CertSite.start()
  const hub = await startMailingApp({
    mailTo: [OPS],
    certSources: ['certfr-alerts'],
    certUrl: new URL(site.url),
    certCron: '0 0 1 1 *',
  })
  const begun = await untilLedger(hub, (ledger) => ledger.some(({ kind }) => kind === 'watch'))
  expect(begun).toHaveLength(1)
  expect(begun[0]?.text).toContain('CERTFR-2026-ALE-011')
  const state = await hub.certWatch.cert.state()
  expect(state.runs).toMatchObject([{ outcome: 'well', by: 'page', failures: [] }])
  expect(state.sources.map(({ source, isOn }) => [source, isOn])).toEqual([
    ['certfr-alerts', true],
    ['certfr-notices', false],
    ['cisa-kev', false],
    ['debian', false],
  ])

  site.publish('CERTFR-2026-ALE-012')
  await hub.certWatch.checkNow()
  const ledger = await untilLedger(hub, (mails) => mails.length > 1)
  expect(ledger[1]).toMatchObject({ kind: 'advisory' })
  expect(ledger[1]?.subject).toMatch(/^CERT-FR alert: CERTFR-2026-ALE-012, .*Misaine Portail/)
  // Another reading of the same site is no news.
  await hub.certWatch.checkNow()
  const { runs } = await hub.certWatch.cert.state()
  expect(runs[0]).toMatchObject({ outcome: 'well', added: [], changed: [] })

  // The page cannot be read for several runs, and the feed can: what it alone shows is told once.
  site.mood = 'challenge'
  site.publish('CERTFR-2026-ALE-013')
  for (let run = 0; run < 2; run++) await hub.certWatch.checkNow()
  await untilLedger(hub, (mails) => mails.length > 2)
  site.mood = 'well'
  await hub.certWatch.checkNow()
  const seen = (await hub.certWatch.cert.state()).runs.slice(0, 3).reverse()
  expect(seen.map(({ outcome, by, added, changed }) => [outcome, by, added, changed])).toEqual([
    ['partly', 'feed', ['CERTFR-2026-ALE-013'], []],
    ['partly', 'feed', [], []],
    ['well', 'page', [], expect.any(Array)],
  ])
  const waiting = async (): Promise<boolean> => (await hub.store.news.waiting()).length === 0
  await vi.waitUntil(waiting, { timeout: 60_000, interval: 20 })
  const told = await ledgerOf(hub)
  expect(told.map(({ kind, subject }) => [kind, /ALE-\d{3}/.exec(subject)?.[0]])).toEqual([
    ['watch', undefined],
    ['advisory', 'ALE-012'],
    ['advisory', 'ALE-013'],
  ])
})

it('W8: an alert of which the site shows the list only is told as such, and again when it can be read', async () => {
  const site = await CertSite.start()
  const hub = await startMailingApp({
    mailTo: [OPS],
    advisorySources: [certfr(site).source],
    certCron: '0 0 1 1 *',
  })
  await untilLedger(hub, (mails) => mails.length > 0)
  site.publish('CERTFR-2026-ALE-012')
  site.moodsOf.set('/alerte/CERTFR-2026-ALE-012/json/', 'broken')
  site.moodsOf.set('/alerte/CERTFR-2026-ALE-012/', 'broken')
  await hub.certWatch.checkNow()
  const [, told] = await untilLedger(hub, (mails) => mails.length > 1)
  expect(unfolded(told)).toContain('Only its title could be read so far')
  expect(unfolded(told)).not.toContain('No machine here')

  site.moodsOf.clear()
  await hub.certWatch.checkNow()
  const [, , read] = await untilLedger(hub, (mails) => mails.length > 2)
  expect(read?.subject).toMatch(/^CERT-FR alert, updated: CERTFR-2026-ALE-012/)
  expect(unfolded(read)).toContain('What it says could be read now')
  expect(unfolded(read)).not.toContain('was added')
  expect(unfolded(read)).not.toContain('Only its title')
})

/** Without the ends of its lines. */
function unfolded(mail: MailDetail | undefined): string {
  return mail?.text?.replace(/\s+/g, ' ') ?? ''
}
