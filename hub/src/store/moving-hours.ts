// Owns merging one sealed hour of a host into another host's: each tick once, and where both have one the other's stays.
import { rollupsOf } from './hour-rollups.ts'
import { mergeParts, runsOfParts, withoutTicks } from './hour-part.ts'
import type { Database } from './schema.ts'
import {
  HOUR_MS,
  readSealedHours,
  readSealedParts,
  writeSealedHour,
  type HostHour,
  type SealedHour,
} from './sealed-hours.ts'
import { createSealing, ticksPart } from './sealing.ts'
import { createSeriesTables } from './series-tables.ts'
import { hasTick, mergedStretches, ticksOfStretches } from './stretches.ts'

export interface HourMove {
  readonly fromId: number
  readonly intoId: number
  readonly hourMs: number
}

const everySeries = (): boolean => true

export function createHourMoving(db: Database) {
  const sealing = createSealing(db)
  const tables = createSeriesTables()

  /** True when the other host had nothing of the hour, and it became that host's as it is. */
  const adopt = ({ fromId, intoId, hourMs }: HourMove): Promise<boolean> =>
    db.transaction().execute(async (transaction) => {
      if (await hasHour(transaction, { hostId: intoId, hourMs })) return false
      for (const table of ['sealed_part', 'sealed_hour'] as const) {
        await transaction
          .updateTable(table)
          .set({ host_id: intoId })
          .where('host_id', '=', fromId)
          .where('hour_ms', '=', hourMs)
          .execute()
      }
      return true
    })

  /** Every tick is there: the hour is sealed as though they had been imported, which rows and what is sealed win over. */
  const reseal = async ({ fromId, intoId, hourMs }: HourMove): Promise<boolean> => {
    const from = { hostId: fromId, hourMs }
    const parts = await readSealedParts(db, tables, from, everySeries)
    const kept = parts.reduce((sum, { timesMs }) => sum + timesMs.length, 0)
    const [sealed] = await readSealedHours(db, rangeOf(from))
    if (!sealed || kept < sealed.ticks) return false
    const prepared = await sealing.prepare({ hostId: intoId, hourMs }, [
      ...runsOfParts(mergeParts(parts)),
    ])
    await db.transaction().execute(async (transaction) => {
      await sealing.write(transaction, prepared)
      await deleteSealed(transaction, from)
    })
    return true
  }

  /** Of some ticks only rollups are left: of each minute that the other host has none of, they become its own. */
  const unite = async ({ fromId, intoId, hourMs }: HourMove): Promise<void> => {
    const into = { hostId: intoId, hourMs }
    const from = { hostId: fromId, hourMs }
    await sealing.seal(into)
    await db.transaction().execute(async (transaction) => {
      const [own] = await readSealedHours(transaction, rangeOf(into))
      const [other] = await readSealedHours(transaction, rangeOf(from))
      if (!own || !other) throw new Error(`nothing is sealed of ${describe(into)}`)
      const fresh = ticksOfStretches(other.stretches).filter(
        ({ fromMs }) => !hasTick(own.stretches, fromMs),
      )
      const ownParts = await readSealedParts(transaction, tables, into, everySeries)
      const otherParts = await readSealedParts(transaction, tables, from, everySeries)
      const added = otherParts.map((part) =>
        withoutTicks(part, (timeMs) => hasTick(own.stretches, timeMs)),
      )
      const rollups = await rollupsOf(transaction, tables, into)
      const united: SealedHour = {
        hourMs,
        seals: own.seals + 1,
        ticks: own.ticks + fresh.length,
        stretches: mergedStretches([own.stretches, fresh]),
      }
      const parts = [
        ...mergeParts([...ownParts, ...added]).map(ticksPart),
        ...rollups.over(await rollupsOf(transaction, tables, from)),
      ]
      await writeSealedHour(transaction, intoId, { ...united, parts })
      await deleteSealed(transaction, from)
    })
  }

  return {
    /** Throws a `StalePreparationError` when the hour changed meanwhile: try it again. The tables are copied before. */
    async move(hour: HourMove): Promise<void> {
      if (await adopt(hour)) return
      if (await reseal(hour)) return
      await unite(hour)
    },
  }
}

async function hasHour(db: Database, { hostId, hourMs }: HostHour): Promise<boolean> {
  const [sealed] = await readSealedHours(db, rangeOf({ hostId, hourMs }))
  if (sealed) return true
  const row = await db
    .selectFrom('tick')
    .select('time_ms')
    .where('host_id', '=', hostId)
    .where('time_ms', '>=', hourMs)
    .where('time_ms', '<', hourMs + HOUR_MS)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function deleteSealed(db: Database, { hostId, hourMs }: HostHour): Promise<void> {
  for (const table of ['sealed_part', 'sealed_hour'] as const) {
    await db.deleteFrom(table).where('host_id', '=', hostId).where('hour_ms', '=', hourMs).execute()
  }
}

function rangeOf({ hostId, hourMs }: HostHour) {
  return { hostId, fromMs: hourMs, toMs: hourMs + 1 }
}

function describe({ hostId, hourMs }: HostHour): string {
  return `the hour ${new Date(hourMs).toISOString()} of host ${hostId}`
}
