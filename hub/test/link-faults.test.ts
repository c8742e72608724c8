// The real agent and a real hub, and between them a network at its worst; then both of them killed again and again. After each:
// every tick is there once, and where there is none somebody has said why. VIGIE_SOAK=1 does all of it more often.
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AgentsWord } from '../src/gaps/agents-word.ts'
import { openStore, type Store } from '../src/store/store.ts'
import { FaultyLink, type Weather } from './faulty-link.ts'
import { forkHub, invite } from './hub-process.ts'
import { joinAgent } from './real-agent-process.ts'
import { startHub, tempDirectory } from './test-hub.ts'

const isSoak = process.env['VIGIE_SOAK'] === '1'
const ROUNDS = isSoak ? 10 : 1
const KILLS = isSoak ? 50 : 3
const HOST = 1

/** The times of all ticks that are stored, oldest first. */
async function timesOf({ history }: Store): Promise<number[]> {
  const times: number[] = []
  for await (const { block } of history.runs({ hostId: HOST, fromMs: 0, toMs: 8e15 })) {
    block.present.forEach((bit, tick) => bit && times.push(block.startMs + tick * block.stepMs))
  }
  return times
}

/** The seconds between the first tick and the last that are not there, and of which nobody has said why. */
async function unexplained(store: Store, alsoTold: readonly AgentsWord[] = []): Promise<number[]> {
  const times = await timesOf(store)
  const events = await store.events.list(HOST, 0)
  const told = events
    .filter(({ kind }) => kind === 'gap')
    .map(({ detail }) => JSON.parse(detail ?? '') as AgentsWord)
  const missing: number[] = []
  let expectedMs = times[0] ?? 0
  for (const timeMs of times) {
    for (; expectedMs < timeMs; expectedMs += 1000) {
      const at = expectedMs
      const isTold = [...told, ...alsoTold].some(({ fromMs, toMs }) => fromMs < at && at < toMs)
      if (!isTold) missing.push(at)
    }
    // Once: a second tick for a time would come before the one expected.
    expect(timeMs).toBe(expectedMs)
    expectedMs += 1000
  }
  return missing
}

async function storedAfter(store: () => Promise<number[]>, afterMs: number, count: number) {
  await vi.waitFor(
    async () => {
      const later = (await store()).filter((timeMs) => timeMs > afterMs)
      expect(later.length).toBeGreaterThanOrEqual(count)
    },
    { timeout: 90_000, interval: 200 },
  )
}

describe('between agent and hub', { timeout: 120_000 + ROUNDS * 120_000 }, () => {
  it('connections are cut, half-open, slow, late and torn: no tick is lost', async () => {
    const hub = await startHub()
    const link = await FaultyLink.to(hub.address)
    const { token } = await hub.enrolments.create({})
    const agent = (await joinAgent(link.address, token)).run()
    const stored = () => timesOf(hub.store)
    await storedAfter(stored, 0, 3)
    const faults: [Weather, 'connection' | 'end' | 'chunk', number][] = [
      ['cut', 'connection', 3],
      ['reset', 'end', 1],
      ['drip', 'chunk', 4],
      ['delay', 'chunk', 4],
      ['halfOpen', 'end', 1],
    ]
    for (let round = 0; round < ROUNDS; round++) {
      for (const fault of faults) {
        await link.change(...fault)
        const lastMs = (await stored()).at(-1) ?? 0
        link.weather = 'good'
        await storedAfter(stored, lastMs, 3)
      }
    }
    expect(await agent.end('SIGTERM')).toBe(0)
    expect(await unexplained(hub.store)).toEqual([])
  })
})

describe('agent and hub', { timeout: 120_000 + KILLS * 60_000 }, () => {
  it(`are killed ${KILLS} times: what was stored stays, once, and what was spooled arrives`, async () => {
    const data = await tempDirectory()
    const [token = ''] = await invite(data, 1)
    let hub = await forkHub(data)
    onTestFinished(() => hub.kill())
    const listen = new URL(hub.address).host
    const machine = await joinAgent(hub.address, token)
    let agent = machine.run()
    const stored = () => onFiles(data, timesOf)
    await storedAfter(stored, 0, 3)
    const outages: AgentsWord[] = []
    let before: number[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      if (kill % 2 === 0) await hub.kill()
      await agent.end('SIGKILL')
      // What was being taken at the kill, and all until the new one's first, nobody has.
      const killedMs = Date.now()
      if (kill % 2 === 1) await hub.kill()
      agent = machine.run()
      hub = await forkHub(data, listen)
      await storedAfter(stored, killedMs, 2)
      const now = await stored()
      expect(now).toEqual(expect.arrayContaining(before))
      before = now
      const nextMs = now.find((timeMs) => timeMs > killedMs) ?? 0
      outages.push({ fromMs: killedMs - 3000, toMs: nextMs, reason: 'stalled', ticks: 0 })
    }
    expect(await agent.end('SIGTERM')).toBe(0)
    expect(await hub.stop()).toBe(0)
    expect(await onFiles(data, (store) => unexplained(store, outages))).toEqual([])
  })
})

async function onFiles<T>(dataDir: string, read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir })
  try {
    return await read(store)
  } finally {
    await store.close()
  }
}
