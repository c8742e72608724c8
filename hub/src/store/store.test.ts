// The store on a real database file.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBlock } from '@vigie/shared/codec/block'
import { expect, it, onTestFinished } from 'vitest'
import { openStore, type Store, type StoreOptions } from './store.ts'
import type { HistoryQuery } from './history.ts'
import type { Run } from './tick-records.ts'

async function open(options: Partial<StoreOptions> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-store-'))
  const store = await openStore({
    dataDir,
    commitEveryMs: 86_400_000,
    onThreadDied: raise,
    ...options,
  })
  onTestFinished(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  await store.enrolments.add({ id: 'e', secretSha256: '', name: 'h', expiresAtMs: 9e15 }, 0)
  const facts = { bootId: 'b', agentVersion: '1', intervalMs: 1000 }
  const host = { enrolmentId: 'e', publicKey: 'k', hostname: 'h', nowMs: 0, ...facts }
  const hostId = (await store.enrolments.redeem(host))?.host.id ?? 0
  store.writer.writeTable({ hostId, revision: 1, keys: ['system.uptime'] })
  return { store, hostId }
}

const raise = (error: Error): never => {
  throw error
}

async function runsOf(store: Store, query: HistoryQuery): Promise<Run[]> {
  const runs: Run[] = []
  for await (const run of store.history.runs(query)) runs.push(run)
  return runs
}

const tickAt = (timeMs: number) => ({
  timeMs,
  payload: encodeBlock({
    revision: 1,
    startMs: timeMs,
    stepMs: 1000,
    present: new Uint8Array([1]),
    values: Float64Array.of(timeMs),
  }),
})

const none = (): void => undefined

it('history holds what was queued a moment ago, from the first time up to but without the last', async () => {
  const { store, hostId } = await open()
  const ticks = [1000, 2000, 3000, 4000].map(tickAt)
  store.writer.writeTicks({ hostId, ticks, onCommitted: none })
  const [run] = await runsOf(store, { hostId, fromMs: 2000, toMs: 4000 })
  expect(run?.keys).toEqual(['system.uptime'])
  expect([...(run?.block.values ?? [])]).toEqual([2000, 3000])
})

it('a history of many pages holds every tick once, in blocks that are merged in little time', async () => {
  const { store, hostId } = await open()
  const ticks = Array.from({ length: 7500 }, (_, second) => tickAt(second * 1000))
  store.writer.writeTicks({ hostId, ticks, onCommitted: none })
  const runs = await runsOf(store, { hostId, fromMs: 0, toMs: 9e15 })
  expect(runs.map(({ block }) => block.present.length)).toEqual([3600, 3600, 300])
  const values = runs.flatMap(({ block }) => [...block.values])
  expect(values).toEqual(ticks.map(({ timeMs }) => timeMs))
})

it('forgets invitations that were spent or have expired, and keeps their hosts', async () => {
  const { store, hostId } = await open()
  for (const [id, expiresAtMs] of [
    ['expired', 1000],
    ['open', 5000],
  ] as const) {
    await store.enrolments.add({ id, secretSha256: '', name: null, expiresAtMs }, 0)
  }
  // `e` of this file's `open` was spent at 0 and would expire later than all others.
  expect(await store.enrolments.deleteEndedBefore(1001)).toBe(2)
  expect(await store.enrolments.find('e')).toBeUndefined()
  expect(await store.enrolments.find('expired')).toBeUndefined()
  expect(await store.enrolments.find('open')).toBeDefined()
  expect((await store.hosts.list()).map(({ id }) => id)).toEqual([hostId])
})

it('says when too much is pending, and again when there is room', async () => {
  const told: boolean[] = []
  const writerEvents = {
    committed: none,
    failed: none,
    congested: (isCongested: boolean) => void told.push(isCongested),
  }
  const { store, hostId } = await open({ maxPendingBytes: 1000, writerEvents })
  for (let second = 0; second < 50; second++) {
    store.writer.writeTicks({ hostId, ticks: [tickAt(second * 1000)], onCommitted: none })
  }
  expect(told).toEqual([true])
  await store.writer.flush()
  expect(told).toEqual([true, false])
  expect(store.writer.pendingBytes).toBe(0)
})

it('calls back in the order of the writes, once each', async () => {
  const { store, hostId } = await open()
  const called: number[] = []
  for (let second = 0; second < 20; second++) {
    const onCommitted = (): void => void called.push(second)
    store.writer.writeTicks({ hostId, ticks: [tickAt(second * 1000)], onCommitted })
  }
  await Promise.all([store.writer.flush(), store.writer.flush()])
  expect(called).toEqual(Array.from({ length: 20 }, (_, second) => second))
})
