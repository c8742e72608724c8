// What the whole design is for: a hub that dies under load has every tick that it acknowledged, each once, and after
// the agents have sent the rest again it has every tick, while the hours that they fill are sealed.
// VIGIE_SOAK=1 kills it more often.
import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { hotHours } from '../src/store/hot-hours.ts'
import { createSealing } from '../src/store/sealing.ts'
import { DATABASE_FILE, openStore } from '../src/store/store.ts'
import { EAGER_HUB, forkHub, invite, type HubProcess } from './hub-process.ts'
import { LoadAgent, loadUntil, WINDOW } from './load-agent.ts'
import { missing, storedTicks } from './stored-ticks.ts'
import { tempDirectory } from './test-hub.ts'

const KILLS = process.env['VIGIE_SOAK'] === '1' ? 50 : 3
const AGENTS = 5

it(
  'a hub killed under load has every acknowledged tick once, and every tick in the end',
  async () => {
    const dataDirectory = await tempDirectory()
    const agents = Array.from({ length: AGENTS }, () => new LoadAgent())
    const tokens = await invite(dataDirectory, AGENTS)

    const start = (): Promise<HubProcess> =>
      forkHub(dataDirectory, '127.0.0.1:0', {}, { entry: EAGER_HUB })
    let hub = await start()
    onTestFinished(() => hub.kill())
    await Promise.all(agents.map((agent, index) => agent.finish(hub.address, 1, tokens[index])))
    for (let kill = 0; kill < KILLS; kill++) {
      // Another moment each time: with few ticks under way, with many, in the middle of a commit.
      await loadUntil(hub.address, agents, 150 + kill * 77, () => hub.kill())
      // A copy: the next hub is to find the file as the dead one left it.
      const left = await storedTicks(await copyOf(dataDirectory), agents)
      expect(missing(left, ({ acknowledged }) => acknowledged.keys())).toEqual([])
      hub = await start()
    }
    await Promise.all(agents.map((agent) => agent.finish(hub.address, WINDOW)))
    expect(await hub.stop()).toBe(0)
    const stored = await storedTicks(dataDirectory, agents)
    expect(missing(stored, ({ made }) => Array(made).keys())).toEqual([])
    const made = agents.reduce((sum, agent) => sum + agent.made, 0)
    expect(await sealedTicks(dataDirectory)).toBe(made)
  },
  30_000 + KILLS * 10_000,
)

/** How many ticks are sealed when all rows are; some were while the hub was killed. None is in two places. */
async function sealedTicks(dataDir: string): Promise<number> {
  const store = await openStore({ dataDir })
  const { db } = store
  const count = async (): Promise<number> => {
    const hours = await db.selectFrom('sealed_hour').select('ticks').execute()
    return hours.reduce((sum, { ticks }) => sum + ticks, 0)
  }
  try {
    expect(await count()).toBeGreaterThan(0)
    for (const hour of await hotHours(db, Date.now())) await createSealing(db).seal(hour)
    expect(await db.selectFrom('tick').select('time_ms').execute()).toEqual([])
    return await count()
  } finally {
    await store.close()
  }
}

/** A directory with the database and what belongs to it. */
async function copyOf(dataDirectory: string): Promise<string> {
  const copy = await tempDirectory()
  for (const name of await readdir(dataDirectory)) {
    if (!name.startsWith(DATABASE_FILE)) continue
    await copyFile(join(dataDirectory, name), join(copy, name))
  }
  return copy
}
