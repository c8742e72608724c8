// The keeper's chores on a real database, with a clock that the tests drive.
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBlock } from '@vigie/shared/codec/block'
import { expect, it, onTestFinished } from 'vitest'
import { createHistory } from './history.ts'
import { createChores, keep } from './keeper.ts'
import type { KeeperReport } from './keeper-report.ts'
import { KEEPER_TIMING, type KeeperSettings } from './keeper-settings.ts'
import { openSqliteFile } from './sqlite-file.ts'
import { DATABASE_FILE, openStore } from './store.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const START_MS = 500_000 * HOUR_MS
const TIMING = { ...KEEPER_TIMING, calmMs: 0 }

async function workshop(change: Partial<KeeperSettings> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-keeper-'))
  const store = await openStore({ dataDir })
  const databasePath = join(dataDir, DATABASE_FILE)
  const file = openSqliteFile({ path: databasePath, busyTimeoutMs: 1000 })
  onTestFinished(async () => {
    file.close()
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const time = { nowMs: START_MS, elapsedMs: 0 }
  const clock = { nowMs: () => time.nowMs, elapsedMs: () => time.elapsedMs }
  const reports: KeeperReport[] = []
  const report = (said: KeeperReport): void => void reports.push(said)
  const settings: KeeperSettings = {
    databasePath,
    retentionMs: 10 * DAY_MS,
    rollupRetentionMs: 10 * DAY_MS,
    maxDatabaseBytes: undefined,
    // The disk of whoever runs the tests is not their subject.
    minFreeDiskBytes: 1,
    lastAliveMs: null,
    timing: TIMING,
    ...change,
  }
  const chores = createChores(settings, { file, clock, report })
  const addHost = async (): Promise<number> => {
    const id = String(Math.random())
    const facts = { bootId: 'b', agentVersion: '1', intervalMs: 1000 }
    await store.enrolments.add({ id, secretSha256: '', name: id, expiresAtMs: 9e15 }, 0)
    const host = { enrolmentId: id, publicKey: id, hostname: id, nowMs: 0, ...facts }
    return (await store.enrolments.redeem(host))?.host.id ?? 0
  }
  return {
    store,
    file,
    dataDir,
    reports,
    addHost,
    /** Lets time pass and does what is due, as long as there is more to do. */
    async pass(durationMs: number): Promise<void> {
      time.nowMs += durationMs
      time.elapsedMs += durationMs
      await this.turn()
    },
    jump: (byMs: number) => (time.nowMs += byMs),
    async turn(): Promise<void> {
      for (const chore of chores) while (await chore.run(() => Promise.resolve()));
    },
    reported: (type: KeeperReport['type']) => reports.filter((said) => said.type === type),
    count: (table: string): number =>
      Number(file.prepare(`select count(*) from ${table}`).pluck().get()),
  }
}

type Workshop = Awaited<ReturnType<typeof workshop>>

interface Wanted {
  readonly fromMs: number
  readonly seconds: number
  readonly series?: number
  readonly revision?: number
}

/** Values that do not compress well. */
async function sample(
  { store }: Workshop,
  hostId: number,
  { fromMs, seconds, series = 3, revision = 7 }: Wanted,
): Promise<void> {
  const keys = Array.from({ length: series }, (_, index) => `custom.m${revision}.s${index}`)
  const ticks = Array.from({ length: seconds }, (_, second) => {
    const startMs = fromMs + second * 1000
    const values = Float64Array.from(keys, () => Math.floor(Math.random() * 1e9))
    const present = new Uint8Array([1])
    const payload = encodeBlock({ revision, startMs, stepMs: 1000, present, values })
    return { timeMs: startMs, payload }
  })
  store.writer.writeTable({ hostId, revision, keys })
  store.writer.writeTicks({ hostId, ticks, onCommitted: () => undefined })
  await store.writer.flush()
}

async function timesOf({ store }: Workshop, hostId: number): Promise<number[]> {
  const times: number[] = []
  const query = { hostId, fromMs: 0, toMs: 9e15 }
  for await (const { block } of createHistory(store.db).runs(query)) {
    block.present.forEach((isPresent, tick) => {
      if (isPresent) times.push(block.startMs + tick * block.stepMs)
    })
  }
  return times
}

it('hours are sealed in their time, late ones again, and every tick is there once', async () => {
  const shop = await workshop()
  const hosts = [await shop.addHost(), await shop.addHost()]
  for (const host of hosts) {
    await sample(shop, host, { fromMs: START_MS + HOUR_MS - 10_000, seconds: 20 })
  }
  await shop.pass(HOUR_MS)
  expect(shop.reported('sealed')).toEqual([])
  await shop.pass(HOUR_MS)
  expect(shop.reported('sealed')).toHaveLength(2)
  expect(shop.count('tick')).toBe(20)

  const [late = 0] = hosts
  await sample(shop, late, { fromMs: START_MS + HOUR_MS - 30_000, seconds: 25 })
  const expected = Array.from(
    { length: 40 },
    (_, second) => START_MS + HOUR_MS + (second - 30) * 1000,
  )
  expect(await timesOf(shop, late)).toEqual(expected)
  await shop.pass(HOUR_MS)
  expect(shop.count('tick')).toBe(0)
  expect(await timesOf(shop, late)).toEqual(expected)
})

it('an hour that cannot be sealed is told of and stops no other', async () => {
  const shop = await workshop()
  const [bad, good] = [await shop.addHost(), await shop.addHost()]
  for (const host of [bad, good]) await sample(shop, host, { fromMs: START_MS, seconds: 5 })
  await sample(shop, bad, { fromMs: START_MS + HOUR_MS, seconds: 5 })
  shop.file
    .prepare('update tick set payload = ? where host_id = ? and time_ms = ?')
    .run(Buffer.from('rot'), bad, START_MS)
  await shop.pass(5 * HOUR_MS)
  expect(shop.reported('sealed')).toHaveLength(2)
  expect(shop.reported('failed')).toMatchObject([
    { chore: expect.stringContaining(`host ${bad} at`) as string },
  ])
  await shop.pass(60_000)
  expect(shop.reported('failed')).toHaveLength(1)
})

it('what is older than the retention goes, rollups later, and the file shrinks', async () => {
  const shop = await workshop({ rollupRetentionMs: 20 * DAY_MS })
  const host = await shop.addHost()
  await sample(shop, host, { fromMs: START_MS, seconds: 2 * 3600, series: 40 })
  for (const timeMs of [START_MS, START_MS + 1]) {
    await shop.store.events.append({ timeMs, hostId: host, kind: 'goodbye', detail: null })
    await shop.store.hubRuns.stop(await shop.store.hubRuns.start(timeMs), timeMs)
  }
  await shop.pass(3 * HOUR_MS)
  const { size } = await stat(join(shop.dataDir, DATABASE_FILE))
  expect(shop.count('sealed_part')).toBe(8)

  await shop.pass(10 * DAY_MS - 2 * HOUR_MS)
  expect(shop.count('sealed_part')).toBe(7)
  await shop.pass(HOUR_MS)
  expect(await timesOf(shop, host)).toEqual([])
  expect(shop.count('sealed_part')).toBe(6)
  expect(shop.count('event') + shop.count('hub_run')).toBe(4)
  expect((await stat(join(shop.dataDir, DATABASE_FILE))).size).toBeLessThan(size / 2)

  await shop.pass(10 * DAY_MS)
  for (const table of ['sealed_part', 'sealed_hour']) expect(shop.count(table)).toBe(0)
  // A hole that goes on beyond what is kept is still told with its reason.
  for (const table of ['event', 'hub_run']) expect(shop.count(table)).toBe(1)
})

it('a clock that jumps a year forward deletes nothing, unless it stays there', async () => {
  const shop = await workshop()
  const host = await shop.addHost()
  await sample(shop, host, { fromMs: START_MS, seconds: 10 })
  await shop.pass(2 * HOUR_MS)
  shop.jump(365 * DAY_MS)
  await shop.pass(60_000)
  expect(await timesOf(shop, host)).toHaveLength(10)
  expect(shop.reported('doubt')).toEqual([{ type: 'doubt', aheadMs: 365 * DAY_MS }])
  shop.jump(-365 * DAY_MS)
  await shop.pass(2 * HOUR_MS)
  expect(await timesOf(shop, host)).toHaveLength(10)
  shop.jump(365 * DAY_MS)
  await shop.pass(60_000)
  await shop.pass(HOUR_MS)
  expect(await timesOf(shop, host)).toEqual([])
})

it('beyond the size that is allowed the oldest seconds of all hosts go, and rollups stay', async () => {
  const maxDatabaseBytes = 3e6
  const shop = await workshop({ maxDatabaseBytes })
  const hosts = [await shop.addHost(), await shop.addHost()]
  for (const host of hosts) {
    await sample(shop, host, { fromMs: START_MS, seconds: 6 * 3600, series: 30 })
  }
  await shop.pass(8 * HOUR_MS)
  for (let look = 0; look < 10; look++) await shop.pass(5000)
  const wal = await stat(join(shop.dataDir, `${DATABASE_FILE}-wal`))
  const { size } = await stat(join(shop.dataDir, DATABASE_FILE))
  expect(size + wal.size).toBeLessThan(maxDatabaseBytes)
  const thinned = shop.reported('thinned')
  expect(thinned.length).toBeGreaterThan(1)
  expect(thinned.length).toBeLessThan(6)
  expect(shop.count('sealed_hour')).toBe(12)
  for (const host of hosts) {
    expect((await timesOf(shop, host))[0]).toBe(START_MS + thinned.length * HOUR_MS)
  }
  expect(shop.reported('problem')[0]).toMatchObject({ kind: 'database-full' })
})

it('tables of series that nothing refers to go, those in use stay', async () => {
  const shop = await workshop()
  const host = await shop.addHost()
  for (let revision = 1; revision <= 30; revision++) {
    await sample(shop, host, { fromMs: START_MS + revision * 1000, seconds: 1, revision })
  }
  await shop.pass(2 * HOUR_MS)
  await sample(shop, host, { fromMs: START_MS + 10 * DAY_MS, seconds: 1, revision: 3 })
  expect(shop.count('series_table')).toBe(30)
  await shop.pass(10 * DAY_MS)
  expect(shop.count('series_table')).toBe(1)
  expect(await timesOf(shop, host)).toEqual([START_MS + 10 * DAY_MS])
})

it('stops within a moment, in the middle of its work', async () => {
  const stopping = new AbortController()
  const clock = { nowMs: () => 0, elapsedMs: () => 0 }
  const endless = {
    name: 'endless',
    everyMs: 1,
    async run(pace: () => Promise<void>) {
      stopping.abort()
      for (;;) await pace()
    },
  }
  const reports: KeeperReport[] = []
  await keep([endless], { clock, report: (said) => reports.push(said) }, stopping.signal)
  expect(reports).toEqual([])
})
