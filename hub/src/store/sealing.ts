// Owns sealing: a host's hour of rows becomes one compressed form with its rollups, and the rows go.
import type { Transaction } from 'kysely'
import { countHotTicks, countOf, deleteHotTicks, readHotParts, type HotCount } from './hot-parts.ts'
import { mergeParts, partOfRun, withoutTicks, type HourPart } from './hour-part.ts'
import { rollupsOf } from './hour-rollups.ts'
import type { Database, Schema } from './schema.ts'
import {
  HOUR_MS,
  readSealedHours,
  readSealedParts,
  TICKS_TIER_MS,
  writeSealedHour,
  type HostHour,
  type SealedHour,
  type WrittenPart,
} from './sealed-hours.ts'
import { writePart } from './sealed-part.ts'
import { createSeriesTables } from './series-tables.ts'
import { hasTick, mergedStretches, stretchesOf } from './stretches.ts'
import type { Run } from './tick-records.ts'

export { HOUR_MS, type HostHour } from './sealed-hours.ts'

export interface SealedSize {
  readonly ticks: number
  readonly sizeBytes: number
}

/** What is written of an hour. */
interface WrittenHour {
  readonly hour: HostHour
  /** What was found; when it is found no more, this is of no use. */
  readonly basis: { readonly seals: number; readonly hot: HotCount }
  readonly sealed: SealedHour
  /** Those that are stay where there are none. */
  readonly parts?: readonly WrittenPart[]
  /** Those of runs, which may be new. */
  readonly tables: readonly { readonly revision: number; readonly keys: readonly string[] }[]
}

/** What sealing an hour would write, computed outside a transaction. */
export type PreparedHour = WrittenHour & SealedSize

/** The hour changed between its preparation and its writing: prepare it again. */
export class StalePreparationError extends Error {
  constructor({ hostId, hourMs }: HostHour) {
    super(`the hour ${new Date(hourMs).toISOString()} of host ${hostId} changed meanwhile`)
    this.name = 'StalePreparationError'
  }
}

const everySeries = (): boolean => true

export function createSealing(db: Database) {
  const tables = createSeriesTables()

  /** The hour as it is stored, read at one moment. */
  const read = (hour: HostHour) =>
    db
      .transaction()
      .setAccessMode('read only')
      .execute(async (snapshot) => {
        const range = rangeOf(hour)
        const [before] = await readSealedHours(snapshot, range)
        return {
          before,
          hot: await readHotParts(snapshot, tables, range, everySeries),
          sealed: before ? await readSealedParts(snapshot, tables, hour, everySeries) : [],
          rollups: await rollupsOf(snapshot, tables, hour),
        }
      })

  /** Computes what sealing this hour with these runs beside its rows would write; hot wins over them (rule T5). */
  const prepare = async (hour: HostHour, runs: readonly Run[]): Promise<PreparedHour> => {
    const { before, hot, sealed, rollups } = await read(hour)
    const { fromMs, toMs } = rangeOf(hour)
    const imported = runs.map((run) => partOfRun(run, fromMs, toMs))
    const known = before?.stretches ?? []
    // Told by the stretches, not by the sealed ticks, which may have been thinned away.
    const fresh = mergeParts(
      [...hot, ...imported].map((part) => withoutTicks(part, (timeMs) => hasTick(known, timeMs))),
    )
    const parts: WrittenPart[] = [
      ...mergeParts([...sealed, ...fresh]).map(ticksPart),
      ...rollups.with(fresh),
    ]
    const ticks = fresh.reduce((sum, part) => sum + part.timesMs.length, before?.ticks ?? 0)
    const seals = before?.seals ?? 0
    return {
      hour,
      ticks,
      sizeBytes: parts.reduce((sum, { payload }) => sum + payload.length, 0),
      basis: { seals, hot: countOf(hot, fromMs) },
      sealed: {
        hourMs: hour.hourMs,
        seals: seals + 1,
        ticks,
        stretches: mergedStretches([known, ...fresh.map(stretchesOf)]),
      },
      parts,
      tables: runs.map(({ keys, block }) => ({ revision: block.revision, keys })),
    }
  }

  /** Writes what was prepared and deletes the rows. Throws a {@link StalePreparationError} when the hour changed since. */
  const write = async (
    transaction: Transaction<Schema>,
    { hour, basis, sealed, parts, tables: named }: WrittenHour,
  ): Promise<void> => {
    const range = rangeOf(hour)
    const [before] = await readSealedHours(transaction, range)
    const hot = await countHotTicks(transaction, range)
    if (
      (before?.seals ?? 0) !== basis.seals ||
      hot.ticks !== basis.hot.ticks ||
      hot.timesMs !== basis.hot.timesMs
    ) {
      throw new StalePreparationError(hour)
    }
    if (sealed.ticks === 0) return
    for (const { revision, keys } of named) {
      await transaction
        .insertInto('series_table')
        .values({ host_id: hour.hostId, revision, keys_json: JSON.stringify(keys) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await writeSealedHour(transaction, hour.hostId, { ...sealed, parts })
    await deleteHotTicks(transaction, range)
  }

  return {
    prepare,
    write,

    /**
     * Merges the rows of an hour with what is sealed of it, in one transaction; sealed wins over hot (rule T5). Throws a
     * {@link StalePreparationError} when ticks of the hour came in meanwhile.
     */
    async seal(hour: HostHour): Promise<SealedSize> {
      const prepared = await prepare(hour, [])
      await db.transaction().execute((transaction) => write(transaction, prepared))
      return { ticks: prepared.ticks, sizeBytes: prepared.sizeBytes }
    },

    /** Deletes the rows of an hour; of their ticks only the times are kept. Throws as {@link Sealing.seal} does. */
    async giveUp(hour: HostHour): Promise<number> {
      const { basis, sealed, tables: named } = await prepare(hour, [])
      const times = { hour, basis, sealed, tables: named }
      await db.transaction().execute((transaction) => write(transaction, times))
      return sealed.ticks
    },
  }
}

export type Sealing = ReturnType<typeof createSealing>

function rangeOf({ hostId, hourMs }: HostHour) {
  return { hostId, fromMs: hourMs, toMs: hourMs + HOUR_MS }
}

/** A part as it is stored. */
export function ticksPart(part: HourPart): WrittenPart {
  return { tierMs: TICKS_TIER_MS, revision: part.revision, payload: writePart(part) }
}
