// Owns forgetting: ticks and events older than the retention go, a little at a time, and their space with them.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EventLog } from './event-log.ts'
import type { HostRecords } from './host-records.ts'
import type { Database } from './schema.ts'
import { giveSpaceBack } from './sqlite.ts'
import type { TickRecords } from './tick-records.ts'

const PAGES_AT_ONCE = 256

export interface RetentionParts {
  readonly db: Database
  readonly hosts: HostRecords
  readonly ticks: TickRecords
  readonly events: EventLog
}

/** Deletes what is older than `beforeMs`; other work gets its turn between two small steps. Returns ticks deleted. */
export async function forgetBefore(
  beforeMs: number,
  { db, hosts, ticks, events }: RetentionParts,
  signal: AbortSignal,
): Promise<number> {
  let deleted = 0
  for (const host of await hosts.list()) {
    for (;;) {
      if (signal.aborted) return deleted
      const count = await ticks.deleteBefore(host.id, beforeMs)
      deleted += count
      if (count === 0) break
      await giveSpaceBack(db, PAGES_AT_ONCE)
      await nextTurn()
    }
  }
  await events.deleteBefore(beforeMs)
  return deleted
}
