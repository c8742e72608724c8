// What a data directory holds of the ticks of load agents, read from its file by the store's own code.
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createHistory } from '../src/store/history.ts'
import { DATABASE_FILE, openStore } from '../src/store/store.ts'
import { timeOf, type LoadAgent } from './load-agent.ts'

/** The numbers of an agent's ticks in the order of time, read back whole. Fails when one is there twice, or another's. */
export type StoredTicks = ReadonlyMap<LoadAgent, ReadonlySet<number>>

/** Opens what a hub left, as the next hub would, and checks that the file is sound. */
export async function storedTicks(
  dataDir: string,
  agents: readonly LoadAgent[],
): Promise<StoredTicks> {
  const store = await openStore({ dataDir })
  try {
    const history = createHistory(store.db)
    const stored = new Map<LoadAgent, ReadonlySet<number>>()
    for (const agent of agents) {
      const indexes = new Set<number>()
      for await (const { block } of history.runs({ hostId: agent.hostId, fromMs: 0, toMs: 8e15 })) {
        block.present.forEach((isPresent, tick) => {
          if (!isPresent) return
          const index = block.values[tick] ?? NaN
          const timeMs = block.startMs + tick * block.stepMs
          if (timeMs !== timeOf(index)) throw new Error(`tick ${index} is stored at ${timeMs}`)
          if (indexes.has(index)) throw new Error(`tick ${index} is stored twice`)
          indexes.add(index)
        })
      }
      stored.set(agent, indexes)
    }
    return stored
  } finally {
    await store.close()
    expectSound(dataDir)
  }
}

function expectSound(dataDir: string): void {
  const database = new Database(join(dataDir, DATABASE_FILE))
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  database.close()
}

/** The numbers that are expected of each agent and missing. */
export function missing(
  stored: StoredTicks,
  expected: (agent: LoadAgent) => Iterable<number>,
): number[] {
  return [...stored].flatMap(([agent, indexes]) =>
    [...expected(agent)].filter((index) => !indexes.has(index)),
  )
}
