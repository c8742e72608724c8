// The real agent, as a process, against a hub that is killed again and again: when all is over, the hub has every second
// that was taken, from the first to the last, each once. VIGIE_SOAK=1 kills it more often.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { AgentsWord } from '../src/gaps/agents-word.ts'
import { DATABASE_FILE } from '../src/store/store.ts'
import { forkHub, invite } from './hub-process.ts'
import { tempDirectory } from './test-hub.ts'

const KILLS = process.env['VIGIE_SOAK'] === '1' ? 20 : 3
const AGENT = join(import.meta.dirname, '../../agent/bin/vigie-agent.mjs')

it(
  'the real agent loses no second to a hub that dies',
  { timeout: 60_000 + KILLS * 30_000 },
  async () => {
    const [data, agentData] = [await tempDirectory(), await tempDirectory()]
    const [token = ''] = await invite(data, 1)
    let hub = await forkHub(data)
    onTestFinished(() => hub.kill())
    const listen = new URL(hub.address).host

    const env = { ...process.env, VIGIE_AGENT_DATA: agentData, VIGIE_LOG_LEVEL: 'error' }
    const agent = (...args: string[]) => {
      const child = spawn(process.execPath, [AGENT, ...args], { env, stdio: 'ignore' })
      onTestFinished(() => void child.kill('SIGKILL'))
      return child
    }
    const [status] = (await once(agent('join', hub.address, token), 'exit')) as [number]
    expect(status).toBe(0)
    const running = agent('run')

    // A machine that has just started a process may be too busy for its first seconds.
    await storedAfter(data, 0, 4)
    const firstMs = timesOf(data).at(-1) ?? 0
    for (let kill = 0; kill < KILLS; kill++) {
      await hub.kill()
      const lastMs = timesOf(data).at(-1) ?? 0
      hub = await forkHub(data, listen)
      // Until the agent is back, and between one and three seconds more.
      await storedAfter(data, lastMs, 2 + (kill % 3))
    }

    const exit = once(running, 'exit') as Promise<[number]>
    running.kill('SIGTERM')
    expect((await exit)[0]).toBe(0)
    expect(await hub.stop()).toBe(0)
    const times = timesOf(data).filter((timeMs) => timeMs >= firstMs)
    expect(times.length).toBeGreaterThan(KILLS * 2)
    const untold = holesIn(times).filter((timeMs) => !isTold(data, timeMs))
    expect(untold).toEqual([])
    expect(new Set(times).size).toBe(times.length)
  },
)

/** Resolves when so many ticks later than a time are stored. */
async function storedAfter(data: string, afterMs: number, count: number): Promise<void> {
  await vi.waitFor(
    () =>
      expect(timesOf(data).filter((timeMs) => timeMs > afterMs).length).toBeGreaterThanOrEqual(
        count,
      ),
    { timeout: 60_000, interval: 100 },
  )
}

function holesIn(times: readonly number[]): number[] {
  const has = new Set(times)
  const [firstMs = 0, lastMs = 0] = [times[0], times.at(-1)]
  const seconds = Array.from(
    { length: (lastMs - firstMs) / 1000 },
    (_, second) => firstMs + second * 1000,
  )
  return seconds.filter((timeMs) => !has.has(timeMs))
}

/** Whether the agent has said that it did not get to take that tick: the machine was too busy. */
function isTold(data: string, timeMs: number): boolean {
  const told = rowsOf<{ detail: string }>(data, "select detail from event where kind = 'gap'")
  return told
    .map(({ detail }) => JSON.parse(detail) as AgentsWord)
    .some(({ reason, fromMs, toMs }) => reason === 'stalled' && fromMs < timeMs && timeMs < toMs)
}

/** The times of all ticks, oldest first, read past the hub's own code. */
function timesOf(data: string): number[] {
  return rowsOf<{ time_ms: number }>(data, 'select time_ms from tick order by 1').map(
    (row) => row.time_ms,
  )
}

function rowsOf<Row>(data: string, sql: string): Row[] {
  const database = new Database(join(data, DATABASE_FILE), { readonly: true })
  try {
    return database.prepare<[], Row>(sql).all()
  } finally {
    database.close()
  }
}
