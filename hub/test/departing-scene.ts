// What tests of merging and deleting hosts share: hosts whose ticks say whose they were, written and read by the store's own code.
import { encodeBlock, type Block } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import { expect, onTestFinished } from 'vitest'
import { openStore, type Store } from '../src/store/store.ts'

const TELLING = 'system.cpu.utilization'
const KEYS = [TELLING, 'system.memory.limit']
const REVISION = tableRevision(KEYS)
/** The value of every tick of a host. */
export const [OLD, NEW] = [0, 1]

export async function open(dataDir: string): Promise<Store> {
  const store = await openStore({ dataDir })
  onTestFinished(() => store.close().then(() => undefined))
  return store
}

export async function joined(store: Store, name: string, publicKey = name): Promise<number> {
  await store.enrolments.add({ id: name, secretSha256: '', name, expiresAtMs: 9e15 }, 0)
  const facts = { bootId: 'b', agentVersion: '1', intervalMs: 1000, hostname: name, nowMs: 1 }
  const admission = await store.enrolments.redeem({ enrolmentId: name, publicKey, ...facts })
  return admission?.host.id ?? 0
}

function block(timeMs: number, value: number): Block {
  const present = new Uint8Array([1])
  return {
    revision: REVISION,
    startMs: timeMs,
    stepMs: 1000,
    present,
    values: Float64Array.of(value, 1000),
  }
}

export async function write(
  store: Store,
  hostId: number,
  timesMs: readonly number[],
  value: number,
): Promise<void> {
  store.writer.writeTable({ hostId, revision: REVISION, keys: KEYS })
  const ticks = timesMs.map((timeMs) => ({ timeMs, payload: encodeBlock(block(timeMs, value)) }))
  store.writer.writeTicks({ hostId, ticks, onCommitted: () => undefined })
  expect(await store.writer.flush()).toBe(true)
}

export function seconds(fromMs: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => fromMs + index * 1000)
}

/** Every tick of a host, by its time: whose it was. */
export async function ticksOf(store: Store, hostId: number): Promise<Map<number, number>> {
  const found = new Map<number, number>()
  const all = { hostId, fromMs: 0, toMs: 8e15 }
  for await (const { keys, block: run } of store.history.runs(all)) {
    const column = keys.indexOf(TELLING) * run.present.length
    for (let tick = 0; tick < run.present.length; tick++) {
      if (run.present[tick] !== 1) continue
      const timeMs = run.startMs + tick * run.stepMs
      expect(found.has(timeMs), `one tick for ${timeMs}`).toBe(false)
      found.set(timeMs, run.values[column + tick] ?? NaN)
    }
  }
  return found
}
