// How the mails of the watch stand beside those of incidents, and what a webhook is told of it: a whole hub, rules of docs/.
import { createHmac } from 'node:crypto'
import type { MailDetail } from '@vigie/shared/api/mail'
import { expect, it, vi } from 'vitest'
import { advisory, AdvisoryBoard } from './advisory-board.ts'
import { BUSY, CALM } from './busy-rule.ts'
import { joined, ledgerOf, untilLedger } from './mailing-app.ts'
import type { TestHub } from './test-hub.ts'
import { hostWith, nginx, startWatching } from './watched-hosts.ts'
import { startWebListener } from './web-listener.ts'

const OPEN = 'CERTFR-2099-ALE-901'
const newAlert = (number: number): string => `CERTFR-2099-ALE-${910 + number}`
const HOUR_MS = 3_600_000
const WAITS = { timeout: 60_000, interval: 20 }

async function publish(hub: TestHub, board: AdvisoryBoard, ...numbers: number[]): Promise<void> {
  board.documents.push(...numbers.map((number) => advisory(newAlert(number))))
  await hub.certWatch.checkNow()
}

const tells =
  (...numbers: number[]) =>
  ({ kind, text }: MailDetail): boolean =>
    kind === 'advisory' && numbers.every((number) => text?.includes(newAlert(number)))

/** As if all mails so far were of an hour ago. */
async function passAnHour({ store }: TestHub): Promise<void> {
  await store.db
    .updateTable('mail')
    .set(({ eb }) => ({ written_ms: eb('written_ms', '-', HOUR_MS) }))
    .execute()
}

it('C7: a new alert is mailed at once, whatever was mailed before; mails of incidents wait the sooner', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN))
  const hub = await startWatching(board, { maxMailsPerHour: 3 })
  await publish(hub, board, 1, 2)
  const [, , last] = await untilLedger(hub, (ledger) => ledger.length === 3)
  expect(last?.text?.replace(/\s+/g, ' ')).toContain('3 mails within an hour')

  const agent = await joined(hub)
  agent.measures(BUSY)
  await vi.waitUntil(async () => (await hub.store.notices.waiting()).length === 1, WAITS)
  await publish(hub, board, 3)
  const ledger = await untilLedger(hub, (mails) => mails.some(tells(3)))
  expect(ledger.map(({ kind }) => kind)).toEqual(['watch', 'advisory', 'advisory', 'advisory'])
  expect(await hub.store.notices.waiting()).toHaveLength(1)

  await passAnHour(hub)
  agent.measures(CALM)
  const later = await untilLedger(hub, (mails) => mails.some(({ kind }) => kind === 'resolved'))
  expect(later.map(({ kind }) => kind)).toEqual([...ledger.map(({ kind }) => kind), 'resolved'])
})

it('M4: of more alerts than there is room for in an hour the last mail tells the rest, and what comes then waits', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN))
  const hub = await startWatching(board, { maxMailsPerHour: 3 })
  await publish(hub, board, 1, 2, 3, 4, 5)
  const ledger = await untilLedger(hub, (mails) => mails.length === 4)
  expect(ledger.map(({ kind }) => kind)).toEqual(['watch', 'advisory', 'advisory', 'advisory'])
  expect(ledger.map((mail) => [1, 2, 3, 4, 5].filter((number) => tells(number)(mail)))).toEqual([
    [],
    [1],
    [2],
    [3, 4, 5],
  ])
  expect(ledger[3]?.subject).toBe('Security alerts: 3 alerts, none concerns your machines')

  await publish(hub, board, 6, 7)
  expect((await hub.store.news.waiting()).map(({ reference }) => reference)).toEqual([
    newAlert(6),
    newAlert(7),
  ])
  await passAnHour(hub)
  // Another run has the news looked at.
  await publish(hub, board, 8)
  const mails = await untilLedger(hub, (all) => all.some(tells(8)))
  expect([6, 7, 8].map((number) => mails.filter(tells(number)).length)).toEqual([1, 1, 1])
  expect(await ledgerOf(hub)).toHaveLength(7)
})

interface Posted {
  readonly type: string
  readonly version: number
  readonly advisories: readonly {
    readonly kind: string
    readonly advisory: { readonly reference: string }
    readonly hosts: readonly { readonly name: string }[]
  }[]
}

it('a webhook is told of new alerts, of their changes and their end, and of hosts that come to be concerned', async () => {
  const ofNginx = {
    title: 'Vulnérabilité dans nginx',
    affected: [{ text: 'nginx versions antérieures à 1.26.2', vendor: 'F5', product: 'nginx' }],
  }
  const listener = await startWebListener()
  const board = await AdvisoryBoard.start(advisory(OPEN))
  const secret = 'sixteen-letters-of-it'
  const hub = await startWatching(board, { webhookUrl: listener.url, webhookSecret: secret })
  const posted = async (count: number): Promise<Posted> => {
    await listener.isCalled(count)
    expect(listener.calls).toHaveLength(count)
    return JSON.parse(listener.calls[count - 1]?.body ?? '') as Posted
  }
  const web = await hostWith(hub, 'web-1', [nginx('1.24.0')])
  const reference = newAlert(1)
  board.documents.push(advisory(reference, ofNginx))
  await hub.certWatch.checkNow()
  expect(await posted(1)).toEqual({
    type: 'vigie.advisories',
    version: 1,
    advisories: [
      {
        kind: 'added',
        advisory: {
          reference,
          source: 'certfr-alerts',
          kind: 'alert',
          title: 'Vulnérabilité dans nginx',
          url: `https://cert.example/alerte/${reference}/`,
          publishedMs: Date.UTC(2026, 8, 28),
          revisedMs: null,
          closedMs: null,
          isRead: true,
          risks: ['Exécution de code arbitraire à distance'],
          affected: ['nginx versions antérieures à 1.26.2'],
          cves: ['CVE-2099-10001'],
          summary: 'Un attaquant peut exécuter du code.',
          solution: 'Mettre à jour.',
        },
        changes: [],
        concerned: 1,
        toCheck: 0,
        hosts: [
          {
            id: web,
            name: 'web-1',
            verdict: 'concerned',
            evidence: {
              line: 'nginx versions antérieures à 1.26.2',
              rule: expect.any(String) as string,
              package: expect.objectContaining({ name: 'nginx' }) as object,
            },
          },
        ],
        url: expect.stringContaining(reference) as string,
      },
    ],
  })
  const [call] = listener.calls
  const { 'webhook-id': id, 'webhook-timestamp': time } = call?.headers ?? {}
  const signed = createHmac('sha256', secret).update(`${String(id)}.${String(time)}.${call?.body}`)
  expect(call?.headers['webhook-signature']).toBe(`v1,${signed.digest('base64')}`)

  await hostWith(hub, 'web-2', [nginx('1.22.0')])
  const { advisories } = await posted(2)
  expect(advisories).toMatchObject([{ kind: 'concerned', hosts: [{ name: 'web-2' }] }])

  board.revise(reference, { ...ofNginx, cves: ['CVE-2099-10001', 'CVE-2099-10002'] })
  await hub.certWatch.checkNow()
  expect((await posted(3)).advisories).toMatchObject([
    { kind: 'revised', changes: [{ field: 'cves', added: ['CVE-2099-10002'], removed: [] }] },
  ])
  board.revise(reference, { closedMs: Date.UTC(2026, 9, 5) })
  await hub.certWatch.checkNow()
  expect((await posted(4)).advisories).toMatchObject([
    { kind: 'closed', advisory: { reference, closedMs: Date.UTC(2026, 9, 5) } },
  ])
})
