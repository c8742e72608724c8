// Owns the shape of the tables of the spine, as Kysely sees them. Rows stay in this folder.
// The tables of people are better-auth's (migrations/0002-create-people.ts) and it reads them itself.
import type { Generated, Kysely } from 'kysely'
import type { AdvisorySchema } from './advisory-tables.ts'

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
  tags_json: Generated<string>
  /** When its agent's key was revoked, while no other agent has joined for it. */
  revoked_ms: number | null
  retired_ms: number | null
  /** Since when it is on its way out: deleted, or merged into another. */
  going_ms: number | null
  merging_into: number | null
}

/** Keys that are refused, whatever token comes with them. */
export interface RevokedKeyTable {
  public_key: string
  revoked_ms: number
}

/** Machines that came with a good token and have yet to be approved. */
export interface WaitingMachineTable {
  id: Generated<number>
  public_key: string
  name: string | null
  replaces_host_id: number | null
  enrolment_id: string
  hostname: string
  address: string
  boot_id: string
  agent_version: string
  interval_ms: number
  asked_ms: number
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
  /** The host that joined with it last. */
  host_id: number | null
  /** The host whose agent it replaces. */
  replaces_host_id: number | null
  max_uses: number
  uses: Generated<number>
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

export interface RuleTable {
  id: Generated<number>
  /** Of a rule that every hub begins with. */
  key: string | null
  draft_json: string
  changed_ms: number
}

/** Keys of rules that were ever written. */
export interface RuleKeyTable {
  key: string
}

export interface IncidentTable {
  id: number
  kind: string
  rule_json: string
  severity: string
  host_id: number | null
  series: string
  state: string
  since_ms: number
  fired_ms: number | null
  acknowledged_ms: number | null
  owner: string | null
  resolved_ms: number | null
  resolved_why: string | null
  value: number | null
  worst: number | null
  detail_json: string
  folded_into: number | null
  snapshots_json: string | null
}

export interface IncidentEntryTable {
  id: Generated<number>
  incident_id: number
  time_ms: number
  kind: string
  who: string | null
  content: string | null
}

export interface PackageListTable {
  host_id: number
  hash: string
  read_ms: number
  packages: number
  /** What `package-text.ts` writes. */
  payload: Uint8Array
  /** An `IncompletePackages`; null where the list is whole, or its agent cannot say. */
  incomplete_json: string | null
}

/** Something to tell one recipient of one incident; it waits while it has neither a mail nor a reason. */
export interface NoticeTable {
  id: Generated<number>
  incident_id: number
  kind: string
  recipient: string
  time_ms: number
  mail_id: number | null
  withheld: string | null
}

export interface MailTable {
  id: Generated<number>
  message_id: string
  channel: string
  kind: string
  recipient: string
  subject: string
  references_json: string
  written_ms: number
  state: string
  delivered_ms: number | null
  /** When it is tried next; null when it will not be. */
  next_ms: number | null
  attempts: number
  content: string
  html: string | null
}

export interface MailImageTable {
  mail_id: number
  name: string
  png: Uint8Array
}

export interface MailAttemptTable {
  id: Generated<number>
  mail_id: number
  time_ms: number
  relay: string
  outcome: string
  code: number | null
  answer: string
  took_ms: number
}

export interface SilenceTable {
  id: Generated<number>
  match_json: string
  starts_ms: number
  ends_ms: number
  comment: string
  created_by: string
  created_ms: number
}

export interface MaintenanceTable {
  id: Generated<number>
  draft_json: string
}

export interface RecipientTable {
  address: string
  locale: string
  zone: string
  is_default: number
  gets_weekly: number
}

export interface StatusPageTable {
  id: Generated<number>
  slug: string
  title: string
  text: string
  /** Null: every host. */
  host_tags_json: string | null
  names: string
  is_on: number
  ends_ms: number | null
  created_ms: number
}

export interface Schema extends AdvisorySchema {
  host: HostTable
  series_table: SeriesTableTable
  tick: TickTable
  sealed_hour: SealedHourTable
  sealed_part: SealedPartTable
  enrolment: EnrolmentTable
  revoked_key: RevokedKeyTable
  waiting_machine: WaitingMachineTable
  event: EventTable
  hub_run: HubRunTable
  rule: RuleTable
  rule_key: RuleKeyTable
  incident: IncidentTable
  incident_entry: IncidentEntryTable
  notice: NoticeTable
  mail: MailTable
  mail_image: MailImageTable
  mail_attempt: MailAttemptTable
  silence: SilenceTable
  maintenance: MaintenanceTable
  recipient: RecipientTable
  package_list: PackageListTable
  status_page: StatusPageTable
}

export type Database = Kysely<Schema>
