// Merging and deleting hosts in the store (docs/agents.md, M1 to M5): nothing is lost wherever it is interrupted.
import { cp } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { createDepartingChore } from '../src/store/departing-chore.ts'
import { departingHosts, seeOff } from '../src/store/departing-hosts.ts'
import type { KeeperReport } from '../src/store/keeper-report.ts'
import { KEEPER_TIMING } from '../src/store/keeper-settings.ts'
import { HOUR_MS } from '../src/store/sealed-hours.ts'
import { createSealing } from '../src/store/sealing.ts'
import type { Store } from '../src/store/store.ts'
import { joined, NEW, OLD, open, seconds, ticksOf, write } from './departing-scene.ts'
import {
  changes,
  composeAll,
  resolved,
  sampleIncident,
  sampleMail,
  sampleNotice,
} from './sample-alerts.ts'
import { tempDirectory } from './test-hub.ts'

/** A whole hour long ago. */
const START_MS = 1_700_000_000_000 - (1_700_000_000_000 % HOUR_MS)

interface Scene {
  readonly dataDir: string
  readonly store: Store
  readonly oldId: number
  readonly newId: number
  readonly wanted: ReadonlyMap<number, number>
}

/**
 * Hours of the old host alone, sealed; of both, sealed; sealed of the old and rows of the new; rows of the old, sealed of the
 * new; rows of both. Where both have a tick, the new one's is wanted.
 */
async function setScene(): Promise<Scene> {
  const dataDir = await tempDirectory()
  const store = await open(dataDir)
  const [oldId, newId] = [await joined(store, 'old'), await joined(store, 'new')]
  const wanted = new Map<number, number>()
  const hour = (index: number): number => START_MS + index * HOUR_MS
  const plan: { from: number; sealed: boolean; hostId: number; count: number; offset: number }[] = [
    { from: 0, sealed: true, hostId: oldId, count: 60, offset: 0 },
    { from: 1, sealed: true, hostId: oldId, count: 60, offset: 0 },
    { from: 1, sealed: true, hostId: newId, count: 60, offset: 30 },
    { from: 2, sealed: true, hostId: oldId, count: 60, offset: 0 },
    { from: 2, sealed: false, hostId: newId, count: 60, offset: 30 },
    { from: 3, sealed: false, hostId: oldId, count: 60, offset: 0 },
    { from: 3, sealed: true, hostId: newId, count: 60, offset: 30 },
    { from: 4, sealed: false, hostId: oldId, count: 1500, offset: 0 },
    { from: 4, sealed: false, hostId: newId, count: 60, offset: 30 },
  ]
  const sealing = createSealing(store.db)
  for (const { from, sealed, hostId, count, offset } of plan) {
    const value = hostId === oldId ? OLD : NEW
    const times = seconds(hour(from) + offset * 1000, count)
    await write(store, hostId, times, value)
    if (sealed) await sealing.seal({ hostId, hourMs: hour(from) })
    for (const timeMs of times) wanted.set(timeMs, Math.max(value, wanted.get(timeMs) ?? 0))
  }
  await store.events.append(
    { timeMs: 1, hostId: oldId, kind: 'joined', detail: 'old' },
    { timeMs: 2, hostId: newId, kind: 'joined', detail: 'new' },
  )
  return { dataDir, store, oldId, newId, wanted }
}

const into = { name: 'old', createdMs: 1, tags: [] }

it('M1 M2 merges every tick once, the surviving host’s where both have one', async () => {
  const { store, oldId, newId, wanted } = await setScene()
  await store.hostChanges.depart({ hostId: oldId, intoId: newId, into, nowMs: 5 })
  const [host] = await departingHosts(store.db)
  expect(host).toEqual({ id: oldId, intoId: newId })
  if (host) for await (const step of seeOff(store.db, host)) expect(step).toBeUndefined()

  expect(await ticksOf(store, newId)).toEqual(wanted)
  expect(await departingHosts(store.db)).toEqual([])
  expect((await store.hosts.list()).map(({ id, name }) => ({ id, name }))).toEqual([
    { id: newId, name: 'old' },
  ])
  expect((await store.events.list(newId)).map(({ detail }) => detail)).toEqual(['old', 'new'])
  for (const table of ['tick', 'sealed_hour', 'sealed_part', 'series_table', 'event'] as const) {
    const left = await store.db.selectFrom(table).select('host_id').distinct().execute()
    expect(
      left.map((row) => row.host_id),
      table,
    ).not.toContain(oldId)
  }
  // What comes late to hours that were merged is merged again, and changes nothing.
  await createSealing(store.db).seal({ hostId: newId, hourMs: START_MS + 3 * HOUR_MS })
  expect(await ticksOf(store, newId)).toEqual(wanted)
  expect(await store.hostChanges.revokedKeys()).toEqual(['old'])
})

it('M3 goes on after a kill between any two steps, without a loss', async () => {
  const { dataDir, store, oldId, newId, wanted } = await setScene()
  await store.hostChanges.depart({ hostId: oldId, intoId: newId, into, nowMs: 5 })
  await store.close()
  let steps = 0
  for (let isDone = false; !isDone; steps++) {
    // Of what was killed only the file is left, with its log as it was.
    const directory = await tempDirectory()
    const killed = await open(dataDir)
    const [host] = await departingHosts(killed.db)
    if (!host) break
    const walk = seeOff(killed.db, host)
    for (let step = 0; step <= steps; step++) {
      if ((await walk.next()).done) isDone = true
    }
    await cp(dataDir, directory, { recursive: true })
    await walk.return(false)
    await killed.close()

    const next = await open(directory)
    for (const left of await departingHosts(next.db)) {
      for await (const step of seeOff(next.db, left)) expect(step).toBeUndefined()
    }
    expect(await ticksOf(next, newId), `killed after step ${steps + 1}`).toEqual(wanted)
    expect((await next.hosts.list()).map(({ id }) => id)).toEqual([newId])
  }
  expect(steps).toBeGreaterThan(3)
})

it('M4 keeps rollups of what is thinned, and of each minute those of the surviving host', async () => {
  const { store, oldId, newId } = await setScene()
  const hourMs = START_MS + HOUR_MS
  await write(store, oldId, seconds(hourMs + 30 * 60_000, 60), OLD)
  await createSealing(store.db).seal({ hostId: oldId, hourMs })
  await store.db
    .deleteFrom('sealed_part')
    .where('host_id', '=', oldId)
    .where('tier_ms', '=', 0)
    .execute()
  await store.hostChanges.depart({ hostId: oldId, intoId: newId, into, nowMs: 5 })
  const [host] = await departingHosts(store.db)
  if (host) for await (const step of seeOff(store.db, host)) expect(step).toBeUndefined()
  const { series } = await store.history.buckets({
    hostId: newId,
    fromMs: hourMs,
    toMs: hourMs + HOUR_MS,
    intervalMs: 1000,
    points: 60,
    series: ['system.memory.limit'],
  })
  const minutes = series[0]?.mean ?? []
  expect(minutes[0]).not.toBeNull()
  expect(minutes[30]).not.toBeNull()
  expect(minutes[45]).toBeNull()
  const ticks = await ticksOf(store, newId)
  expect(ticks.get(hourMs + 45_000)).toBe(NEW)
})

it('M1 brings what people were told, packages and past verdicts; the other host’s own stay', async () => {
  const { store, oldId, newId } = await setScene()
  const { db } = store
  const told = (hostId: number, reference: string, kind = 'concerned') => ({
    source: 'certfr',
    reference,
    host_id: hostId,
    kind,
    channel: 'digest',
    time_ms: hostId,
    told_ms: 9,
    detail_json: '{}',
  })
  const news = [told(oldId, 'A'), told(newId, 'A'), told(oldId, 'B'), told(oldId, 'A', 'gone')]
  await db.insertInto('advisory_news').values(news).execute()
  const past = (hostId: number, reference: string) => ({
    reference,
    host_id: hostId,
    verdict: 'concerned',
    gone_ms: hostId,
    package_json: null,
  })
  await db
    .insertInto('advisory_past_verdict')
    .values([past(oldId, 'A'), past(newId, 'A'), past(oldId, 'B')])
    .execute()
  const list = { hash: 'h', read_ms: 1, packages: 0, payload: new Uint8Array(1) }
  await db
    .insertInto('package_list')
    .values({ host_id: oldId, ...list })
    .execute()

  await store.hostChanges.depart({ hostId: oldId, intoId: newId, into, nowMs: 5 })
  const [host] = await departingHosts(db)
  if (host) for await (const step of seeOff(db, host)) expect(step).toBeUndefined()
  const kept = await db
    .selectFrom('advisory_news')
    .select(['host_id', 'kind', 'reference', 'time_ms'])
    .orderBy('id')
    .execute()
  expect(kept).toEqual([
    { host_id: newId, kind: 'concerned', reference: 'A', time_ms: newId },
    { host_id: newId, kind: 'concerned', reference: 'B', time_ms: oldId },
    { host_id: newId, kind: 'gone', reference: 'A', time_ms: oldId },
  ])
  const verdicts = await db.selectFrom('advisory_past_verdict').selectAll().execute()
  expect(verdicts.map(({ reference, gone_ms }) => [reference, gone_ms]).sort()).toEqual([
    ['A', newId],
    ['B', oldId],
  ])
  const lists = await db.selectFrom('package_list').select('host_id').execute()
  expect(lists).toEqual([{ host_id: newId }])
})

it('M5 deletes all that is kept of a host and nothing of another', async () => {
  const { store, oldId, newId } = await setScene()
  const before = await ticksOf(store, newId)
  await store.hostChanges.depart({ hostId: oldId, intoId: null, nowMs: 5 })
  const [host] = await departingHosts(store.db)
  if (host) for await (const step of seeOff(store.db, host)) expect(step).toBeUndefined()
  expect(await ticksOf(store, oldId)).toEqual(new Map())
  expect(await ticksOf(store, newId)).toEqual(before)
  expect((await store.hosts.list()).map(({ name }) => name)).toEqual(['new'])
  expect(await store.events.list(oldId)).toEqual([])
})

it.each([
  ['the newest of all', 1],
  ['an older one', 2],
])('M5 K1 an incident stays until all are told of its end: %s', async (_, newestId) => {
  const { store, oldId, newId } = await setScene()
  const isOver = resolved(60_000)
  await store.alerts.commit(
    changes({
      incidents: [
        sampleIncident(1, { hostId: oldId, ...isOver }),
        ...(newestId === 1 ? [] : [sampleIncident(newestId, { hostId: newId, ...isOver })]),
      ],
      notices: [sampleNotice(1), sampleNotice(1, { kind: 'resolved' })],
    }),
  )
  await store.hostChanges.depart({ hostId: oldId, intoId: null, nowMs: 5 })
  const reports: KeeperReport[] = []
  const report = (said: KeeperReport): void => void reports.push(said)
  const chore = createDepartingChore({ db: store.db, report, settings: { timing: KEEPER_TIMING } })
  expect(await chore.run(() => Promise.resolve())).toBe(false)
  expect(await ticksOf(store, oldId)).toEqual(new Map())
  expect((await store.notices.waiting()).map(({ kind }) => kind)).toEqual(['opened', 'resolved'])
  expect((await store.alerts.get(1))?.detail).toEqual({ goodbye: null })
  expect(reports).toEqual([])

  await composeAll(store, [1], sampleMail('<1@hub>'))
  expect(await chore.run(() => Promise.resolve())).toBe(true)
  expect(reports).toEqual([{ type: 'departed', hostId: oldId, intoId: null }])
  expect(await departingHosts(store.db)).toEqual([])
  expect((await store.alerts.get(1))?.hostId).toBe(newestId === 1 ? null : undefined)
})
