// Hosts that are merged and deleted by a hub that is killed in the middle of it, while the host that stays goes on ticking:
// every tick is there once, and nothing of the others is left (docs/agents.md, M1, M2, M3, M5). VIGIE_SOAK=1 kills it more often.
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { departingHosts } from '../src/store/departing-hosts.ts'
import { HOUR_MS } from '../src/store/sealed-hours.ts'
import { createSealing } from '../src/store/sealing.ts'
import { DATABASE_FILE, type Store } from '../src/store/store.ts'
import { joined, NEW, OLD, open, seconds, ticksOf, write } from './departing-scene.ts'
import { EAGER_HUB, forkHub, type HubProcess } from './hub-process.ts'
import { newKeys, TestAgent, type AgentKeys } from './test-agent.ts'
import { tempDirectory } from './test-hub.ts'

const isSoak = process.env['VIGIE_SOAK'] === '1'
const KILLS = isSoak ? 30 : 2
const HOURS = isSoak ? 100 : 10
/** Of yesterday, so that none of it is forgotten for its age. */
const START_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - (HOURS + 3) * HOUR_MS

interface Scene {
  readonly dataDir: string
  readonly keys: AgentKeys
  readonly ids: { readonly old: number; readonly stays: number; readonly gone: number }
  /** Of the host that stays, in the end: whose each tick was. */
  readonly wanted: Map<number, number>
  /** From here on the host that stays ticks. */
  readonly liveMs: number
}

/** Hours of which both hosts have some, sealed, and rows of both: one host is on its way into the other, and a third one out. */
async function setScene(): Promise<Scene> {
  const dataDir = await tempDirectory()
  const store = await open(dataDir)
  const keys = newKeys()
  const ids = {
    old: await joined(store, 'old'),
    stays: await joined(store, 'stays', keys.publicKey),
    gone: await joined(store, 'gone'),
  }
  const wanted = new Map<number, number>()
  const have = async (hostId: number, fromMs: number, count: number): Promise<void> => {
    const [times, value] = [seconds(fromMs, count), hostId === ids.stays ? NEW : OLD]
    await write(store, hostId, times, value)
    if (hostId === ids.gone) return
    for (const timeMs of times) wanted.set(timeMs, Math.max(value, wanted.get(timeMs) ?? OLD))
  }
  const sealing = createSealing(store.db)
  for (let hour = 0; hour < HOURS; hour++) {
    const hourMs = START_MS + hour * HOUR_MS
    await have(ids.old, hourMs, 60)
    await have(ids.gone, hourMs, 60)
    // Of some hours only the one has ticks.
    if (hour % 3 > 0) await have(ids.stays, hourMs + 30_000, 60)
    for (const hostId of Object.values(ids)) await sealing.seal({ hostId, hourMs })
  }
  const rowsMs = START_MS + HOURS * HOUR_MS
  await have(ids.old, rowsMs, 1700)
  await have(ids.stays, rowsMs + 60_000, 60)
  await have(ids.gone, rowsMs, 1700)
  const into = { name: 'old', createdMs: 1, tags: [] }
  await store.hostChanges.depart({ hostId: ids.old, intoId: ids.stays, into, nowMs: 5 })
  await store.hostChanges.depart({ hostId: ids.gone, intoId: null, nowMs: 6 })
  await store.close()
  return { dataDir, keys, ids, wanted, liveMs: rowsMs + 1_800_000 }
}

/** How many rows and sealed hours are left of hosts on their way out, as another process sees it. */
function leftOf(dataDir: string, ids: readonly number[]) {
  const file = new Database(join(dataDir, DATABASE_FILE), { readonly: true })
  onTestFinished(() => void file.close())
  const list = ids.join(', ')
  const count = file.prepare<[], { left: number }>(
    `select (select count(*) from tick where host_id in (${list})) / 100
            + (select count(*) from sealed_hour where host_id in (${list})) as left`,
  )
  return (): number => count.get()?.left ?? NaN
}

/** The host that stays sends second after second of the hour that is being moved, until the hub is gone. */
async function tickOn({ keys, wanted, liveMs }: Scene, hub: HubProcess, sent: { next: number }) {
  const agent = new TestAgent({ hub: hub.address, keys })
  await agent.enter()
  for (;;) {
    const timeMs = liveMs + sent.next++ * 1000
    await agent.acknowledged(agent.tick(timeMs, [NEW, 1, 2, 3]))
    wanted.set(timeMs, NEW)
  }
}

it(
  `a hub killed ${KILLS} times while it merges and deletes: every tick once, and nothing is lost`,
  async () => {
    const scene = await setScene()
    const { dataDir, ids } = scene
    const left = leftOf(dataDir, [ids.old, ids.gone])
    const whole = left()
    const sent = { next: 0 }
    let interrupted = 0
    for (let kill = 0; kill <= KILLS; kill++) {
      const isLast = kill === KILLS
      const hub = await forkHub(dataDir, '127.0.0.1:0', {}, { entry: EAGER_HUB })
      onTestFinished(() => hub.kill())
      const ticking = tickOn(scene, hub, sent).catch(() => undefined)
      // At another point of the way each time, wherever the hub is within its step.
      const until = isLast ? 0 : whole * (1 - (kill + Math.random()) / KILLS)
      while (left() > until) await new Promise((resolve) => setImmediate(resolve))
      if (!isLast) await hub.kill()
      else await isEmpty(dataDir).finally(() => hub.stop())
      await ticking
      if (left() > 0) interrupted++
    }
    expect(interrupted).toBeGreaterThan(0)

    const store = await open(dataDir)
    await expectWhole(store, scene)
  },
  60_000 + KILLS * 10_000,
)

async function isEmpty(dataDir: string): Promise<void> {
  const store = await open(dataDir)
  while ((await departingHosts(store.db)).length > 0) await new Promise(setImmediate)
  await store.close()
}

async function expectWhole(store: Store, { ids, wanted, liveMs }: Scene): Promise<void> {
  const { db } = store
  const stored = await ticksOf(store, ids.stays)
  // The last that was sent before a kill may be there, acknowledged or not.
  const known = [...stored].filter(([timeMs]) => timeMs < liveMs || wanted.has(timeMs))
  expect(new Map(known)).toEqual(wanted)
  for (const table of ['tick', 'sealed_hour', 'sealed_part', 'series_table', 'event'] as const) {
    const rows = await db.selectFrom(table).select('host_id').distinct().execute()
    for (const { host_id } of rows) expect(host_id, table).toBe(ids.stays)
  }
  expect((await store.hosts.list()).map(({ id, name }) => [id, name])).toEqual([[ids.stays, 'old']])
  expect((await sql`pragma integrity_check`.execute(db)).rows).toEqual([{ integrity_check: 'ok' }])
}
