// Notices on a real database file: told once each, in the transaction of their mail.
import { expect, it } from 'vitest'
import {
  changes,
  composeAll,
  openSampleStore,
  sampleIncident,
  sampleMail,
  sampleNotice,
} from '../../test/sample-alerts.ts'

const OPS = 'ops@example.org'

async function twoIncidents() {
  const { store } = await openSampleStore()
  const incidents = [sampleIncident(1), sampleIncident(2, { severity: 'warning', foldedInto: 1 })]
  const notices = [
    sampleNotice(1),
    sampleNotice(2),
    sampleNotice(2, { recipient: 'webhook', timeMs: 32_000 }),
  ]
  await store.alerts.commit(changes({ incidents, notices }))
  const waitingIds = async () => (await store.notices.waiting()).map(({ id }) => id)
  return { ...store, waitingIds }
}

it('what waits is told with what it is about, in the order of its writing', async () => {
  const { notices } = await twoIncidents()
  const waiting = await notices.waiting()
  expect(waiting.map(({ incidentId, recipient }) => [incidentId, recipient])).toEqual([
    [1, OPS],
    [2, OPS],
    [2, 'webhook'],
  ])
  const { kind, rule, hostId, state } = sampleIncident(2)
  expect(waiting[2]).toMatchObject({
    kind: 'opened',
    timeMs: 32_000,
    incident: { kind, rule, hostId, state, severity: 'warning', foldedInto: 1 },
  })
})

it('what an incident is when its notice is composed counts, not what it was', async () => {
  const { alerts, notices } = await twoIncidents()
  await alerts.commit(changes({ incidents: [sampleIncident(1, { state: 'acknowledged' })] }))
  expect((await notices.waiting())[0]?.incident.state).toBe('acknowledged')
})

it('a mail and that it tells its notices are one transaction', async () => {
  const { notices, outbox, waitingIds } = await twoIncidents()
  const [first = 0, second = 0, third = 0] = await waitingIds()
  const { id } = await notices.compose(sampleMail('<1@hub>'), [first, second])
  expect(await waitingIds()).toEqual([third])
  expect((await outbox.due(33_000, 10)).map((mail) => mail.id)).toEqual([id])

  const again = notices.compose(sampleMail('<2@hub>'), [second, third])
  await expect(again).rejects.toThrow('1 notices of <2@hub> wait no more')
  const twice = notices.compose(sampleMail('<1@hub>'), [third])
  await expect(twice).rejects.toThrow('<1@hub> is written already')
  expect(await waitingIds()).toEqual([third])
  expect(await outbox.due(33_000, 10)).toHaveLength(1)
})

it('a mail can tell more notices than one statement takes', async () => {
  const { alerts, notices, ledger, waitingIds } = await twoIncidents()
  const many = Array.from({ length: 1200 }, (_, index) => sampleNotice(index + 3))
  const incidents = many.map(({ incidentId }) => sampleIncident(incidentId))
  await alerts.commit(changes({ incidents, notices: many }))
  const { id } = await notices.compose(sampleMail('<1@hub>'), await waitingIds())
  expect(await waitingIds()).toEqual([])
  expect((await ledger.get(id))?.incidentIds).toHaveLength(100)
})

it('C2: what is withheld is never told, and what was told is not withheld', async () => {
  const { notices, waitingIds } = await twoIncidents()
  const [first = 0, second = 0, third = 0] = await waitingIds()
  await notices.withhold([first], 'silenced')
  const mail = sampleMail('<1@hub>')
  await expect(notices.compose(mail, [first, second])).rejects.toThrow('wait no more')
  await notices.compose(mail, [second])
  await notices.withhold([second], 'folded')
  expect(await waitingIds()).toEqual([third])
  const threads = await notices.threads([2], OPS)
  expect(threads).toEqual(new Map([[2, '<1@hub>']]))
})

it("C6: a thread begins with an incident's first mail to that recipient", async () => {
  const store = await twoIncidents()
  const { alerts, notices } = store
  await composeAll(store, [1], sampleMail('<1@hub>'))
  await composeAll(store, [2], sampleMail('<2@hub>', { recipient: 'webhook' }))
  await alerts.commit(changes({ notices: [sampleNotice(1, { kind: 'reminder' })] }))
  await composeAll(store, [1, 2], sampleMail('<3@hub>', { kind: 'group' }))
  expect(await notices.threads([1, 2, 3], OPS)).toEqual(
    new Map([
      [1, '<1@hub>'],
      [2, '<3@hub>'],
    ]),
  )
  expect(await notices.threads([1, 2], 'webhook')).toEqual(new Map([[2, '<2@hub>']]))
})

it('C4: a mail that tells no notice and no news does not count against the cap of an hour', async () => {
  const store = await twoIncidents()
  await composeAll(store, [2], sampleMail('<2@hub>', { writtenMs: 60_000 }))
  await composeAll(store, [1], sampleMail('<1@hub>', { writtenMs: 50_000 }))
  await store.outbox.write(sampleMail('<3@hub>', { kind: 'weekly', writtenMs: 55_000 }))
  expect(await store.notices.composedSince(OPS, 50_000)).toEqual([50_000, 60_000])
  expect(await store.notices.composedSince(OPS, 50_001)).toEqual([60_000])
  expect(await store.notices.composedSince('webhook', 0)).toEqual([])
})
