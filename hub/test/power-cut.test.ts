// The power fails, and whatever was not synced is lost, in part or in whole and in any order: every tick that was
// acknowledged before is there all the same, once, in a sound database. VIGIE_SOAK=1 cuts at more places.
import { execFileSync } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { DATABASE_FILE } from '../src/store/store.ts'
import { EAGER_HUB, forkHub, invite } from './hub-process.ts'
import { LoadAgent, loadUntil } from './load-agent.ts'
import { LossyDisk, readDiskLog, type DiskRecord } from './power-cut/lossy-disk.ts'
import { missing, storedTicks } from './stored-ticks.ts'
import { tempDirectory } from './test-hub.ts'

const IS_SOAK = process.env['VIGIE_SOAK'] === '1'
const FEW_CUTS = 12
const CUTS = IS_SOAK ? 250 : FEW_CUTS
const TICKS = IS_SOAK ? 90_000 : 30_000
const AGENTS = 15

/** Why the power cannot be cut here, if so. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'needs LD_PRELOAD as on Linux'
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'needs a C compiler (cc)'
  }
}

const reason = obstacle()
if (reason) process.stderr.write(`NOT TESTED: a power cut: ${reason}\n`)

it.skipIf(reason !== undefined)(
  'a power cut loses no acknowledged tick and breaks no database',
  async () => {
    const { directory, base, records, agents } = await recorded()
    const database = join(directory, DATABASE_FILE)
    const syncs = records.filter(({ syncedBefore }) => syncedBefore !== undefined)
    // Commits, and the moving of what they wrote into the database itself.
    expect(syncs.filter(({ path }) => path === `${database}-wal`).length).toBeGreaterThan(10)
    expect(syncs.filter(({ path }) => path === database).length).toBeGreaterThan(0)

    const contents = new Map([[database, base]])
    const losses = await lossesOf(new LossyDisk(directory, contents), records, agents, CUTS)
    expect(losses).toEqual([])
    // The test would see it: a disk that does not obey a sync does lose ticks.
    const liar = new LossyDisk(directory, contents, { obeysSync: false })
    expect(await lossesOf(liar, records, agents, FEW_CUTS)).not.toEqual([])
  },
  60_000 + CUTS * 3_000,
)

/** A hub under load until it was killed, and everything that it did to its database meanwhile. */
async function recorded() {
  const directory = await tempDirectory()
  const outside = await tempDirectory()
  const agents = Array.from({ length: AGENTS }, () => new LoadAgent())
  const tokens = await invite(directory, AGENTS)
  const first = await forkHub(directory)
  onTestFinished(() => first.kill())
  await Promise.all(agents.map((agent, index) => agent.finish(first.address, 1, tokens[index])))
  expect(await first.stop()).toBe(0)
  const base = await readFile(join(directory, DATABASE_FILE))

  const environment = {
    LD_PRELOAD: compiled(outside),
    VIGIE_TEST_DISK_PREFIX: directory,
    VIGIE_TEST_DISK_LOG: join(outside, 'disk.log'),
  }
  const hub = await forkHub(directory, '127.0.0.1:0', environment, { entry: EAGER_HUB })
  onTestFinished(() => hub.kill())
  await loadUntil(hub.address, agents, TICKS, () => hub.kill())
  const records = readDiskLog(await readFile(join(outside, 'disk.log')))
  expect(sealedHours(directory)).toBeGreaterThan(0)
  return { directory, base, records, agents }
}

/** How many hours were sealed while everything was recorded. */
function sealedHours(directory: string): number {
  const database = new Database(join(directory, DATABASE_FILE), { readonly: true })
  try {
    return Number(database.prepare('select count(*) from sealed_hour').pluck().get())
  } finally {
    database.close()
  }
}

function compiled(directory: string): string {
  const library = join(directory, 'disk-log.so')
  const source = join(import.meta.dirname, 'power-cut/disk-log.c')
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-Werror', '-o', library, source])
  return library
}

/** Cuts the power at many places of a log; tells what was acknowledged before the cut and is lost, or what is broken. */
async function lossesOf(
  disk: LossyDisk,
  records: readonly DiskRecord[],
  agents: readonly LoadAgent[],
  count: number,
): Promise<unknown[]> {
  const losses: unknown[] = []
  const chance = chanceOf(count)
  const places = Array.from({ length: count }, () => Math.floor(chance() * records.length))
  const cuts = new Set(places.sort((a, b) => a - b))
  for (const [place, record] of records.entries()) {
    disk.play(record)
    if (!cuts.has(place)) continue
    const left = await diskLeft(disk.cut(chance))
    try {
      const lost = missing(await storedTicks(left, agents), ({ acknowledged }) =>
        [...acknowledged].filter(([, atNs]) => atNs <= record.timeNs).map(([index]) => index),
      )
      if (lost.length > 0) losses.push({ place, lost })
    } catch (error) {
      losses.push({ place, error })
    } finally {
      await rm(left, { recursive: true })
    }
  }
  return losses
}

async function diskLeft(files: ReadonlyMap<string, Buffer | undefined>): Promise<string> {
  const directory = await tempDirectory()
  for (const [path, bytes] of files) {
    // Its index is made anew: it is no part of what is kept.
    if (bytes && !path.endsWith('-shm')) await writeFile(join(directory, basename(path)), bytes)
  }
  return directory
}

/** The same numbers from 0 to 1 each time (mulberry32), so that what fails fails again. */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
