// A disk that fills up while agents send: nothing is acknowledged that is not committed, the hub says so, and when there
// is room again everything is delivered, once. On a small file system of its own; where none can be mounted, and always
// besides, with a limit on how large the hub's files may grow.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeBlock } from '@vigie/shared/codec/block'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createApiTokens } from '../src/auth/api-tokens.ts'
import { systemClock } from '../src/clock.ts'
import { loadHubIdentity } from '../src/ingest/hub-identity.ts'
import { RESERVE_BYTES, RESERVE_FILE } from '../src/store/reserve-file.ts'
import { createSealing } from '../src/store/sealing.ts'
import { DATABASE_FILE, openStore, type Store } from '../src/store/store.ts'
import { hasTick, type Stretch } from '../src/store/stretches.ts'
import {
  EAGER_HUB,
  forkHub,
  invite,
  type HubProcess,
  type HubProcessOptions,
} from './hub-process.ts'
import { LoadAgent, timeOf } from './load-agent.ts'
import { missing, storedTicks } from './stored-ticks.ts'
import { tempDirectory } from './test-hub.ts'

vi.setConfig({ testTimeout: 120_000 })

const HOUR_MS = 3_600_000
const DISK_BYTES = 64 * 2 ** 20
/** Of 512 or 1,024 bytes, as the shell has them: the log of the database comes to it soon. */
const BLOCKS = 2500
const UNSHARE = ['-U', '-r', '-m']

const canMount = ((): boolean => {
  try {
    execFileSync('unshare', [...UNSHARE, 'mount', '-t', 'tmpfs', 'none', '/mnt'], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
})()

interface SmallDisk {
  /** As the hub sees it. */
  readonly directory: string
  /** As everybody sees it, as long as the disk is mounted; SQLite, which follows every link by itself, sees it not. */
  readonly outside: string
  readonly options: HubProcessOptions
}

/** A file system that goes with the process that holds it, with the files of a data directory on it. */
async function smallDisk(dataDirectory: string): Promise<SmallDisk> {
  const directory = join(await tempDirectory(), 'disk')
  await mkdir(directory)
  const mount = `mount -t tmpfs -o size=${DISK_BYTES} none "$0" && echo mounted && exec sleep 1000`
  const holder = spawn('unshare', [...UNSHARE, 'sh', '-c', mount, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  const pid = String(holder.pid)
  const outside = `/proc/${pid}/root${directory}`
  await copyFiles(dataDirectory, outside)
  return {
    directory,
    outside,
    options: {
      entry: EAGER_HUB,
      through: ['nsenter', '-t', pid, '-U', '-m', '--preserve-credentials', '--'],
    },
  }
}

async function copyFiles(from: string, to: string): Promise<string> {
  for (const name of await readdir(from)) {
    if (name.startsWith(DATABASE_FILE) || name === 'hub-key.json') {
      await copyFile(join(from, name), join(to, name))
    }
  }
  return to
}

/** Takes all room that there is, and all that becomes free. */
function filler(path: string): { fill: () => void; remove: () => void } {
  const file = openSync(path, 'w')
  const chunk = Buffer.alloc(64 * 1024, 1)
  return {
    fill: () => {
      try {
        for (;;) writeSync(file, chunk)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    remove: () => {
      closeSync(file)
      rmSync(path)
    },
  }
}

const healthOf = async (hub: HubProcess) => {
  const answer = await fetch(`${hub.address}/healthz`)
  return { status: answer.status, body: (await answer.json()) as { detail?: string } }
}

async function becomes(hub: HubProcess, status: number, meanwhile: () => void): Promise<string> {
  let detail = ''
  await vi.waitFor(
    async () => {
      meanwhile()
      const health = await healthOf(hub)
      expect(health.status).toBe(status)
      detail = health.body.detail ?? ''
    },
    { timeout: 60_000, interval: 20 },
  )
  return detail
}

it.runIf(canMount)('a full disk delays ticks, and costs none but the oldest seconds', async () => {
  const prepared = await tempDirectory()
  const [token] = await invite(prepared, 1)
  const { directory, outside, options } = await smallDisk(prepared)
  const hub = await forkHub(directory, '127.0.0.1:0', { VIGIE_LOG_LEVEL: 'silent' }, options)
  onTestFinished(() => hub.kill())
  const agent = new LoadAgent()
  await agent.finish(hub.address, 100, token)

  const load = agent.load(hub.address)
  load.catch(() => undefined)
  const { fill, remove } = filler(join(outside, 'filler'))
  expect(await becomes(hub, 503, fill)).toMatch(/cannot be written/)
  const { size } = agent.acknowledged
  // Attempts go on meanwhile: there is nothing that a commit could take, and no tick is acknowledged without one.
  for (let look = 0; look < 20; look++) expect(await becomes(hub, 503, fill)).not.toBe('')
  expect(agent.acknowledged.size).toBe(size)

  remove()
  await becomes(hub, 200, () => undefined)
  await vi.waitFor(() => expect(agent.acknowledged.size).toBeGreaterThan(size + 500), 30_000)
  expect(await hub.stop()).toBe(0)
  await expect(load).rejects.toThrow('closed')

  const again = await forkHub(directory, '127.0.0.1:0', {}, options)
  onTestFinished(() => again.kill())
  await agent.finish(again.address, 0)
  expect(await again.stop()).toBe(0)
  const copy = await copyFiles(outside, await tempDirectory())
  const stored = await storedTicks(copy, [agent])
  const lost = missing(stored, ({ made }) => Array(made).keys())
  // What had to make room is known to have been there.
  const stretches = await stretchesOf(copy, agent.hostId)
  expect(lost.filter((index) => !hasTick(stretches, timeOf(index)))).toEqual([])
})

it.runIf(canMount)('a disk that runs low costs the oldest seconds, and no rollup', async () => {
  const prepared = await tempDirectory()
  const { firstMs, token } = await sealedHistory(prepared)
  expect(left(prepared)).toEqual({ hours: HOURS, seconds: HOURS, oldestMs: firstMs })
  const { directory, outside, options } = await smallDisk(prepared)
  const hub = await forkHub(directory, '127.0.0.1:0', { VIGIE_MIN_FREE_DISK: '20MB' }, options)
  onTestFinished(() => hub.kill())
  const reserve = join(outside, RESERVE_FILE)
  const hasReserve = (): void => expect(statSync(reserve).size).toBe(RESERVE_BYTES)
  await vi.waitFor(hasReserve, 30_000)

  // Full to the last byte: the hub gives up its reserve, and with that room deletes the oldest hours.
  const { fill, remove } = filler(join(outside, 'filler'))
  fill()
  const headers = { authorization: `Bearer ${token}` }
  const thinned = async (): Promise<number> => {
    const figures = await (await fetch(`${hub.address}/metrics`, { headers })).text()
    return Number(/^vigie_store_thinned_hours_total (\d+)$/m.exec(figures)?.[1])
  }
  await vi.waitFor(async () => expect(await thinned()).toBeGreaterThan(HOURS / 2), 60_000)
  expect((await healthOf(hub)).status).toBe(200)
  remove()
  await vi.waitFor(hasReserve, 30_000)
  expect(await hub.stop()).toBe(0)
  const { hours, seconds, oldestMs } = left(await copyFiles(outside, await tempDirectory()))
  expect(hours).toBe(HOURS)
  expect(seconds).toBeLessThan(HOURS / 2)
  expect(oldestMs).toBe(seconds === 0 ? null : firstMs + (HOURS - seconds) * HOUR_MS)
})

it('files that may not grow delay ticks and lose none', async () => {
  const directory = await tempDirectory()
  const through = ['sh', '-c', `trap '' XFSZ; ulimit -S -f ${BLOCKS}; exec "$@"`, 'sh']
  const environment = { VIGIE_LOG_LEVEL: 'silent' }
  const agent = new LoadAgent()
  const hub = await forkHub(directory, '127.0.0.1:0', environment, { through })
  onTestFinished(() => hub.kill())
  const [token] = await invite(directory, 1)
  await agent.finish(hub.address, 10, token)
  const load = agent.load(hub.address)
  load.catch(() => undefined)
  expect(await becomes(hub, 503, () => undefined)).toMatch(/cannot be written/)
  const { size } = agent.acknowledged
  execFileSync('prlimit', ['--pid', String(hub.pid), '--fsize=unlimited'])
  await becomes(hub, 200, () => undefined)
  await vi.waitFor(() => expect(agent.acknowledged.size).toBeGreaterThan(size + 500), 30_000)
  expect(await hub.stop()).toBe(0)
  await expect(load).rejects.toThrow('closed')
  const stored = await storedTicks(directory, [agent])
  expect(missing(stored, ({ acknowledged }) => acknowledged.keys())).toEqual([])
})

const HOURS = 20

async function stretchesOf(dataDir: string, hostId: number): Promise<Stretch[]> {
  const store = await openStore({ dataDir })
  try {
    return await store.history.stretches({ hostId, fromMs: 0, toMs: 8e15 })
  } finally {
    await store.close()
  }
}

/** Hours of yesterday that a hub has sealed, of values that do not compress. */
async function sealedHistory(dataDir: string): Promise<{ firstMs: number; token: string }> {
  const firstMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 24 * HOUR_MS
  await loadHubIdentity(dataDir)
  const store = await openStore({ dataDir })
  const sealing = createSealing(store.db)
  const hostId = await addHost(store)
  const keys = Array.from({ length: 30 }, (_, index) => `custom.series${index}`)
  store.writer.writeTable({ hostId, revision: 1, keys })
  for (let hour = 0; hour < HOURS; hour++) {
    const hourMs = firstMs + hour * HOUR_MS
    const ticks = Array.from({ length: 3600 }, (_, second) => tickAt(hourMs + second * 1000))
    store.writer.writeTicks({ hostId, ticks, onCommitted: () => undefined })
    await store.writer.flush()
    await sealing.seal({ hostId, hourMs })
  }
  const made = await createApiTokens(store.db, systemClock).create({ name: 't', role: 'viewer' })
  await store.close()
  return { firstMs, token: made.token }
}

/** What of it is there: hours with rollups, hours with seconds, and the oldest of these. */
function left(dataDir: string): { hours: number; seconds: number; oldestMs: number | null } {
  const database = new Database(join(dataDir, DATABASE_FILE), { readonly: true })
  const seconds = database.prepare(
    'select count(*) as seconds, min(hour_ms) as oldestMs from sealed_part where tier_ms = 0',
  )
  const hours = database.prepare('select count(*) from sealed_hour').pluck()
  const found = seconds.get() as { seconds: number; oldestMs: number | null }
  const all = { ...found, hours: Number(hours.get()) }
  database.close()
  return all
}

async function addHost({ enrolments }: Store): Promise<number> {
  await enrolments.add({ id: 'e', secretSha256: '', name: 'h', expiresAtMs: 9e15 }, 0)
  const facts = { bootId: 'b', agentVersion: '1', intervalMs: 1000 }
  const host = { enrolmentId: 'e', publicKey: 'k', hostname: 'h', nowMs: 0, ...facts }
  return (await enrolments.redeem(host))?.host.id ?? 0
}

function tickAt(timeMs: number) {
  const values = Float64Array.from({ length: 30 }, () => Math.floor(Math.random() * 1e9))
  const present = new Uint8Array([1])
  const payload = encodeBlock({ revision: 1, startMs: timeMs, stepMs: 1000, present, values })
  return { timeMs, payload }
}
