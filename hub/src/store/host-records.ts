// Owns what is kept of a host besides its ticks.
import type { Inventory } from '@vigie/shared/protocol/inventory'
import { sql, type Selectable } from 'kysely'
import type { Database, HostTable } from './schema.ts'

export type Goodbye = 'stopped' | 'rebooting' | 'upgrading'

export interface HostRecord {
  readonly id: number
  readonly name: string
  /** Raw Ed25519 key, base64url: what the host is. */
  readonly publicKey: string
  readonly createdMs: number
  readonly bootId: string | null
  readonly agentVersion: string
  readonly intervalMs: number
  readonly inventory: Inventory | null
  readonly inventoryHash: string | null
  readonly lastSeenMs: number | null
  readonly goodbye: Goodbye | null
  /** In the order in which people gave them. */
  readonly tags: readonly string[]
  /** When its agent's key was revoked, while no other agent has joined for it. */
  readonly revokedMs: number | null
  readonly retiredMs: number | null
}

/** What an agent says of itself at each connection. */
export interface AgentFacts {
  readonly bootId: string
  readonly agentVersion: string
  readonly intervalMs: number
}

// A statement each, so that ticks are committed between two.
const HOSTS_AT_ONCE = 500

export function createHostRecords(db: Database) {
  return {
    /** Retired ones among them; not those that are on their way out. */
    async list(): Promise<HostRecord[]> {
      const rows = await db
        .selectFrom('host')
        .selectAll()
        .where('going_ms', 'is', null)
        .orderBy('id')
        .execute()
      return rows.map(hostOf)
    },

    async recordFacts(hostId: number, facts: AgentFacts): Promise<void> {
      await db
        .updateTable('host')
        .set({
          boot_id: facts.bootId,
          agent_version: facts.agentVersion,
          interval_ms: facts.intervalMs,
        })
        .where('id', '=', hostId)
        .execute()
    },

    async recordInventory(hostId: number, hash: string, inventory: Inventory): Promise<void> {
      await db
        .updateTable('host')
        .set({ inventory_hash: hash, inventory_json: JSON.stringify(inventory) })
        .where('id', '=', hostId)
        .execute()
    },

    /** False when there is no such host. */
    async recordTags(hostId: number, tags: readonly string[]): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('host')
        .set({ tags_json: JSON.stringify(tags) })
        .where('id', '=', hostId)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async recordGoodbye(hostId: number, goodbye: Goodbye | null): Promise<void> {
      await db.updateTable('host').set({ goodbye }).where('id', '=', hostId).execute()
    },

    /** Nothing for no hosts. */
    async recordSeen(
      hosts: readonly { id: number; lastSeenMs: number | null; goodbye: Goodbye | null }[],
    ): Promise<void> {
      for (let first = 0; first < hosts.length; first += HOSTS_AT_ONCE) {
        const some = hosts.slice(first, first + HOSTS_AT_ONCE)
        const rows = some.map(
          ({ id, lastSeenMs, goodbye }) => sql`(${id}, ${lastSeenMs}, ${goodbye})`,
        )
        // Standard SQL names the columns of VALUES so.
        await sql`
          update host set last_seen_ms = seen.column2, goodbye = seen.column3
          from (values ${sql.join(rows)}) as seen where host.id = seen.column1`.execute(db)
      }
    },
  }
}

export type HostRecords = ReturnType<typeof createHostRecords>

export function hostOf(row: Selectable<HostTable>): HostRecord {
  return {
    id: row.id,
    name: row.name,
    publicKey: row.public_key,
    createdMs: row.created_ms,
    bootId: row.boot_id,
    agentVersion: row.agent_version,
    intervalMs: row.interval_ms,
    inventory: row.inventory_json === null ? null : (JSON.parse(row.inventory_json) as Inventory),
    inventoryHash: row.inventory_hash,
    lastSeenMs: row.last_seen_ms,
    goodbye: row.goodbye as Goodbye | null,
    tags: JSON.parse(row.tags_json) as string[],
    revokedMs: row.revoked_ms,
    retiredMs: row.retired_ms,
  }
}
