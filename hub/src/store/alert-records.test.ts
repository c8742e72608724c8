// What alerts write and read again, on a real database file behind its thread.
import { expect, it } from 'vitest'
import {
  changes,
  openSampleStore,
  resolved,
  sampleIncident,
  sampleNotice,
} from '../../test/sample-alerts.ts'
import { openStore } from './store.ts'

const EVERYTHING = { fromMs: 0, toMs: 9e15, limit: 10 }
const snapshots = [{ timeMs: 30_000, failedUnits: ['ssh.service'] }]

it('A8: what is not resolved is read back as it was written, after a restart', async () => {
  const { store, dataDir } = await openSampleStore()
  const pending = sampleIncident(1, { state: 'pending', firedMs: null, hostId: null, value: null })
  const firing = sampleIncident(2, { owner: 'Ada', acknowledgedMs: 40_000, foldedInto: 1 })
  const over = sampleIncident(3, resolved(50_000))
  await store.alerts.commit(changes({ incidents: [pending, firing, over] }))
  const again = await openStore({ dataDir })
  expect(await again.alerts.open()).toEqual([pending, firing])
  expect(await again.alerts.resolvedSince(50_000)).toEqual([over])
  expect(await again.alerts.resolvedSince(50_001)).toEqual([])
  expect(await again.alerts.lastId()).toBe(3)
  await again.close()
})

it('an incident that is written again is changed as a whole, and keeps its evidence', async () => {
  const { store } = await openSampleStore()
  const evidence = [{ incidentId: 1, snapshots }]
  await store.alerts.commit(changes({ incidents: [sampleIncident(1)], evidence }))
  expect(await store.alerts.snapshots(1)).toEqual(snapshots)
  const changed = sampleIncident(1, { ...resolved(50_000), worst: 99, detail: {}, owner: 'Ada' })
  await store.alerts.commit(changes({ incidents: [changed] }))
  expect(await store.alerts.get(1)).toEqual(changed)
  expect(await store.alerts.snapshots(1)).toEqual(snapshots)
})

it('A3: nothing is left of a pending incident of which nothing came', async () => {
  const { store } = await openSampleStore()
  const entry = { incidentId: 1, timeMs: 1000, kind: 'pending' as const, who: null, text: null }
  const incidents = [sampleIncident(1, { state: 'pending', firedMs: null })]
  await store.alerts.commit(changes({ incidents, entries: [entry] }))
  expect(await store.alerts.entries(1)).toHaveLength(1)
  await store.alerts.commit(changes({ forgotten: [1] }))
  expect(await store.alerts.get(1)).toBeUndefined()
  expect(await store.alerts.entries(1)).toEqual([])
  expect(await store.alerts.lastId()).toBe(0)
})

it('a transition is written with all its notices, or not at all', async () => {
  const { store } = await openSampleStore()
  const entry = { incidentId: 1, timeMs: 1000, kind: 'fired' as const, who: null, text: null }
  const bad = sampleNotice(1, { recipient: null as never })
  const incidents = [sampleIncident(1)]
  const notices = [sampleNotice(1), bad]
  const commit = store.alerts.commit(changes({ incidents, entries: [entry], notices }))
  await expect(commit).rejects.toThrow(/NOT NULL.*recipient/)
  expect(await store.alerts.open()).toEqual([])
  expect(await store.alerts.entries(1)).toEqual([])
  expect(await store.notices.waiting()).toEqual([])
  await store.alerts.commit(changes({ incidents, entries: [entry], notices: [sampleNotice(1)] }))
  expect(await store.notices.waiting()).toHaveLength(1)
})

it('N2: who was told that it opened is known, and N3: when it was last told', async () => {
  const { store } = await openSampleStore()
  const incidents = [1, 2, 3].map((id) => sampleIncident(id))
  const notices = [
    sampleNotice(1),
    sampleNotice(1, { recipient: 'webhook' }),
    sampleNotice(1, { kind: 'reminder', timeMs: 90_000 }),
    sampleNotice(1, { kind: 'resolved', timeMs: 99_000 }),
    sampleNotice(2, { timeMs: 32_000 }),
  ]
  await store.alerts.commit(changes({ incidents, notices }))
  expect(await store.alerts.told([1, 2, 3])).toEqual(
    new Map([
      [1, ['ops@example.org', 'webhook']],
      [2, ['ops@example.org']],
    ]),
  )
  const last = new Map([
    [1, 90_000],
    [2, 32_000],
  ])
  expect(await store.alerts.lastTold([1, 2, 3])).toEqual(last)
})

it('a storm of a thousand incidents and three thousand notices is one commit', async () => {
  const { store } = await openSampleStore()
  const ids = Array.from({ length: 1000 }, (_, index) => index + 1)
  const recipients = ['ada@example.org', 'ops@example.org', 'webhook']
  await store.alerts.commit(
    changes({
      incidents: ids.map((id) => sampleIncident(id)),
      entries: ids.map((incidentId) => {
        return { incidentId, timeMs: 31_000, kind: 'fired' as const, who: null, text: null }
      }),
      notices: ids.flatMap((id) => recipients.map((recipient) => sampleNotice(id, { recipient }))),
      evidence: ids.map((incidentId) => ({ incidentId, snapshots })),
    }),
  )
  expect(await store.alerts.open()).toHaveLength(1000)
  expect(await store.notices.waiting()).toHaveLength(3000)
  expect([...(await store.alerts.told(ids)).values()]).toEqual(ids.map(() => recipients))
  expect((await store.alerts.mailOf(ids)).get(1000)?.waiting).toBe(3)
  expect(await store.alerts.snapshots(1000)).toEqual(snapshots)
})

it('incidents are listed in pages, newest first, by state, host and time', async () => {
  const { store } = await openSampleStore()
  const incidents = [
    sampleIncident(1, { ...resolved(50_000), hostId: 2 }),
    sampleIncident(2, { sinceMs: 60_000 }),
    sampleIncident(3, { sinceMs: 70_000, state: 'acknowledged' }),
  ]
  await store.alerts.commit(changes({ incidents }))
  const idsOf = async (query: Partial<Parameters<typeof store.alerts.page>[0]>) =>
    (await store.alerts.page({ ...EVERYTHING, ...query })).map(({ id }) => id)
  expect(await idsOf({})).toEqual([3, 2, 1])
  expect(await idsOf({ limit: 2 })).toEqual([3, 2])
  expect(await idsOf({ beforeId: 2 })).toEqual([1])
  expect(await idsOf({ states: ['firing', 'resolved'] })).toEqual([2, 1])
  expect(await idsOf({ hostIds: [2] })).toEqual([1])
  expect(await idsOf({ fromMs: 50_000 })).toEqual([3, 2, 1])
  expect(await idsOf({ fromMs: 50_001, toMs: 70_000 })).toEqual([2])
})
