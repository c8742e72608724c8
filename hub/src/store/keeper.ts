// Owns what is done with the database by the way: hours are sealed, what is old is forgotten, and there is always room.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database as SqliteFile } from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { createDepartingChore } from './departing-chore.ts'
import { createForgettingChore } from './forgetting-chore.ts'
import type { Report } from './keeper-report.ts'
import { createRoomChore } from './room-chore.ts'
import type { KeeperSettings } from './keeper-settings.ts'
import { createSealingChore } from './sealing-chore.ts'
import { kyselyOn } from './sqlite.ts'

export interface KeeperParts {
  /** A connection for the keeper alone. */
  readonly file: SqliteFile
  readonly clock: Clock
  readonly report: Report
}

export interface Chore {
  readonly name: string
  readonly everyMs: number
  /** Takes `pace` between two small steps. True when there is more to do at once, after the other chores. */
  run(pace: Pace): Promise<boolean>
}

/** Waits as long as the work since the last call took, so that others get their turn. Rejects when all is to stop. */
export type Pace = () => Promise<void>

export function createChores(settings: KeeperSettings, parts: KeeperParts): Chore[] {
  const workshop = { ...parts, db: kyselyOn(parts.file), settings }
  return [
    createRoomChore(workshop),
    createSealingChore(workshop),
    createDepartingChore(workshop),
    createForgettingChore(workshop),
  ]
}

/** Does the chores, each in its time, until it is told to stop. A chore that fails is tried again in its time. */
export async function keep(
  chores: readonly Chore[],
  { clock, report }: Pick<KeeperParts, 'clock' | 'report'>,
  signal: AbortSignal,
): Promise<void> {
  const dueMs = new Map(chores.map((chore) => [chore, clock.elapsedMs()]))
  const lookEveryMs = Math.min(...chores.map(({ everyMs }) => everyMs))
  while (!signal.aborted) {
    let isMore = false
    for (const chore of chores) {
      if (clock.elapsedMs() < (dueMs.get(chore) ?? 0)) continue
      const hasMore = await attempt(chore, report, signal)
      isMore ||= hasMore
      dueMs.set(chore, clock.elapsedMs() + (hasMore ? 0 : chore.everyMs))
    }
    if (!isMore) await restFor(lookEveryMs, signal)
  }
}

async function attempt(chore: Chore, report: Report, signal: AbortSignal): Promise<boolean> {
  try {
    return await chore.run(paceOf(signal))
  } catch (error) {
    if (!signal.aborted) {
      const { message } = error instanceof Error ? error : new Error(String(error))
      report({ type: 'failed', chore: chore.name, message })
    }
    return false
  }
}

function paceOf(signal: AbortSignal): Pace {
  let sinceMs = performance.now()
  return async () => {
    await sleep(performance.now() - sinceMs, undefined, { signal })
    sinceMs = performance.now()
  }
}

async function restFor(durationMs: number, signal: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
