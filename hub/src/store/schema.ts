// Owns the shape of the tables of the spine, as Kysely sees them. Rows stay in this folder.
// The tables of people are better-auth's (migrations/0002-create-people.ts) and it reads them itself.
import type { Generated, Kysely } from 'kysely'

export interface HostTable {
  id: Generated<number>
  name: string
  public_key: string
  created_ms: number
  boot_id: string | null
  agent_version: string
  interval_ms: number
  inventory_json: string | null
  inventory_hash: string | null
  last_seen_ms: number | null
  /** The reason of the host's last goodbye while no tick came after it. */
  goodbye: string | null
}

export interface SeriesTableTable {
  host_id: number
  revision: number
  keys_json: string
}

export interface TickTable {
  host_id: number
  time_ms: number
  /** A block of one tick (docs/protocol.md, section "Block"). */
  payload: Uint8Array
}

export interface SealedHourTable {
  host_id: number
  hour_ms: number
  /** How often it was sealed: once, and again for what came late. */
  seals: number
  ticks: number
  /** Of all its ticks, whether their values are still kept or only rollups. */
  stretches_json: string
}

export interface SealedPartTable {
  host_id: number
  /** The length of the rollup's buckets, or 0: every tick. */
  tier_ms: number
  hour_ms: number
  revision: number
  /** What `sealed-part.ts` or, of a rollup, `rollup.ts` writes. */
  payload: Uint8Array
}

export interface EnrolmentTable {
  id: string
  /** SHA-256 of the secret's text, base64url. */
  secret_sha256: string
  name: string | null
  created_ms: number
  expires_ms: number
  used_ms: number | null
  host_id: number | null
}

export interface EventTable {
  id: Generated<number>
  time_ms: number
  host_id: number
  kind: string
  detail: string | null
}

export interface HubRunTable {
  id: Generated<number>
  started_ms: number
  heartbeat_ms: number
  stopped_ms: number | null
}

export interface Schema {
  host: HostTable
  series_table: SeriesTableTable
  tick: TickTable
  sealed_hour: SealedHourTable
  sealed_part: SealedPartTable
  enrolment: EnrolmentTable
  event: EventTable
  hub_run: HubRunTable
}

export type Database = Kysely<Schema>
