// Owns what administrators change of hosts as it is kept: names, keys that are revoked, retirement, and their way out.
import type { Transaction } from 'kysely'
import { revokeKey } from './admission.ts'
import type { Database, Schema } from './schema.ts'

export interface Departure {
  readonly hostId: number
  /** The host that its history goes to; null: it is deleted. */
  readonly intoId: number | null
  /** What the other host is from then on, when there is one. */
  readonly into?: {
    readonly name: string
    readonly createdMs: number
    readonly tags: readonly string[]
  }
  readonly nowMs: number
}

export function createHostChanges(db: Database) {
  return {
    /** False when another host has the name. */
    rename: (hostId: number, name: string): Promise<boolean> =>
      db.transaction().execute(async (transaction) => {
        const taken = await transaction
          .selectFrom('host')
          .select('id')
          .where('name', '=', name)
          .where('id', '!=', hostId)
          .executeTakeFirst()
        if (taken) return false
        await transaction.updateTable('host').set({ name }).where('id', '=', hostId).execute()
        return true
      }),

    async revokedKeys(): Promise<string[]> {
      const rows = await db.selectFrom('revoked_key').select('public_key').execute()
      return rows.map(({ public_key }) => public_key)
    },

    revoke: (hostId: number, nowMs: number): Promise<void> =>
      db.transaction().execute(async (transaction) => {
        await revokeKeyOf(transaction, hostId, nowMs)
        await transaction
          .updateTable('host')
          .set({ revoked_ms: nowMs })
          .where('id', '=', hostId)
          .execute()
      }),

    /** Null: it is back. */
    async retire(hostId: number, retiredMs: number | null): Promise<void> {
      await db.updateTable('host').set({ retired_ms: retiredMs }).where('id', '=', hostId).execute()
    },

    /** From now on it is no host any more; the keeper moves or deletes what is kept of it (moving-chore.ts). */
    depart: ({ hostId, intoId, into, nowMs }: Departure): Promise<void> =>
      db.transaction().execute(async (transaction) => {
        await revokeKeyOf(transaction, hostId, nowMs)
        await transaction
          .updateTable('host')
          // Its name is free at once: no host may be called this.
          .set({ name: `gone ${hostId}`, going_ms: nowMs, merging_into: intoId })
          .where('id', '=', hostId)
          .execute()
        // Machines that were to replace it are new ones now.
        for (const table of ['enrolment', 'waiting_machine'] as const) {
          await transaction
            .updateTable(table)
            .set({ replaces_host_id: intoId })
            .where('replaces_host_id', '=', hostId)
            .execute()
        }
        if (intoId === null || !into) return
        const { name, createdMs, tags } = into
        await transaction
          .updateTable('host')
          .set({ name, created_ms: createdMs, tags_json: JSON.stringify(tags) })
          .where('id', '=', intoId)
          .execute()
      }),
  }
}

async function revokeKeyOf(
  transaction: Transaction<Schema>,
  hostId: number,
  nowMs: number,
): Promise<void> {
  const { public_key } = await transaction
    .selectFrom('host')
    .select('public_key')
    .where('id', '=', hostId)
    .executeTakeFirstOrThrow()
  await revokeKey(transaction, public_key, nowMs)
}
