// Owns what is kept of a host besides its ticks.
import type { Inventory } from '@vigie/shared/protocol/inventory'
import type { Selectable } from 'kysely'
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
}

/** What an agent says of itself at each connection. */
export interface AgentFacts {
  readonly bootId: string
  readonly agentVersion: string
  readonly intervalMs: number
}

export function createHostRecords(db: Database) {
  return {
    async list(): Promise<HostRecord[]> {
      const rows = await db.selectFrom('host').selectAll().orderBy('id').execute()
      return rows.map(hostOf)
    },

    async findByKey(publicKey: string): Promise<HostRecord | undefined> {
      const row = await db
        .selectFrom('host')
        .selectAll()
        .where('public_key', '=', publicKey)
        .executeTakeFirst()
      return row && hostOf(row)
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

    async recordSeen(
      hosts: readonly { id: number; lastSeenMs: number | null; goodbye: Goodbye | null }[],
    ): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        for (const { id, lastSeenMs, goodbye } of hosts) {
          await transaction
            .updateTable('host')
            .set({ last_seen_ms: lastSeenMs, goodbye })
            .where('id', '=', id)
            .execute()
        }
      })
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
  }
}
