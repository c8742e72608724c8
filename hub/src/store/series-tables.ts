// Owns the tables that name the columns of what is stored.
import type { Database } from './schema.ts'

/** Tables never change under their revision, so they are remembered; a host has a handful. */
const MOST_REMEMBERED = 10_000

export function createSeriesTables() {
  const remembered = new Map<string, readonly string[]>()
  return {
    /** The series of a table, in order. Throws when it is not there. */
    async keysOf(db: Database, hostId: number, revision: number): Promise<readonly string[]> {
      const name = `${hostId}/${revision}`
      const known = remembered.get(name)
      if (known) return known
      const row = await db
        .selectFrom('series_table')
        .select('keys_json')
        .where('host_id', '=', hostId)
        .where('revision', '=', revision)
        .executeTakeFirst()
      if (!row) {
        throw new Error(`host ${hostId} has ticks of series table ${revision}, which is lost`)
      }
      const keys = JSON.parse(row.keys_json) as string[]
      if (remembered.size >= MOST_REMEMBERED) remembered.clear()
      remembered.set(name, keys)
      return keys
    },
  }
}

export type SeriesTables = ReturnType<typeof createSeriesTables>
