// The real agent and its spool as tests see them from outside.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { readSegment } from '../src/spool/segment.ts'
import { call, place, startHub } from './agent-process.ts'

const PATIENCE = { timeout: 60_000, interval: 100 }

/** A hub, and the data directory of an agent that has joined it. */
export async function joined() {
  const hub = await startHub()
  const directory = await place()
  await call(directory, ['join', hub.url.href, hub.token])
  return { hub, directory }
}

/** The times of the ticks that are on the disk. */
export async function timesOnDisk(directory: string): Promise<number[]> {
  const spool = join(directory, 'spool')
  const names = await readdir(spool).catch(() => [])
  const times: number[] = []
  for (const name of names.sort()) {
    times.push(
      ...(readSegment(await readFile(join(spool, name)))?.ticks ?? []).map((t) => t.timeMs),
    )
  }
  return times
}

export async function untilOnDisk(directory: string, count: number): Promise<number[]> {
  await vi.waitFor(async () => {
    expect((await timesOnDisk(directory)).length).toBeGreaterThanOrEqual(count)
  }, PATIENCE)
  return timesOnDisk(directory)
}
