// Owns the shape of the tables of the CERT watch, as Kysely sees them. Rows stay in this folder.
import type { Generated } from 'kysely'

export interface AdvisoryTable {
  reference: string
  source: string
  kind: string
  title: string
  published_ms: number
  first_seen_ms: number
  changed_ms: number
  is_closed: number
  is_baseline: number
  is_removed: number
  is_read: number
  list_hash: string
  handled_json: string | null
  /** Null while all that is known of it is that a list had it when the watch began. */
  document_json: string | null
}

/** What happened to an advisory or to the watch; it waits to be told while `told_ms` is null. */
export interface AdvisoryNewsTable {
  id: Generated<number>
  source: string
  reference: string | null
  host_id: number | null
  kind: string
  channel: string
  time_ms: number
  told_ms: number | null
  detail_json: string
}

export interface AdvisorySourceTable {
  source: string
  /** When it was first read well. */
  baseline_ms: number | null
  last_run_ms: number
  failed_in_a_row: number
  failing_since_ms: number | null
  /** Runs in a row that were not well, and since when. */
  troubled_in_a_row: Generated<number>
  troubled_since_ms: number | null
  /** 0: nothing; 1: that it is partly well; 2: that it cannot see. */
  is_failure_told: number
  well_since_ms: number | null
  last_change_ms: number | null
}

export interface AdvisoryRunTable {
  id: Generated<number>
  source: string
  started_ms: number
  took_ms: number
  outcome: string
  read_by: string | null
  read_count: number
  added_json: string
  changed_json: string
  failures_json: string
}

/** What was seen when a run failed. */
export interface AdvisoryRunPageTable {
  run_id: number
  /** Of the failure among those of its run. */
  position: number
  screenshot: Uint8Array | null
  html: string | null
}

export interface AdvisoryVerdictTable {
  reference: string
  host_id: number
  verdict: string
  since_ms: number
  evidence_json: string
}

/** Which mails told which news. */
export interface AdvisoryMailTable {
  news_id: number
  mail_id: number
}

/** What people did about an advisory, in order. */
export interface AdvisoryEntryTable {
  id: Generated<number>
  reference: string
  time_ms: number
  kind: string
  who: string
  /** To whom it was handed over. */
  recipient: string | null
  /** How it was dealt with. */
  state: string | null
  content: string | null
}

/** A host that an open alert concerned, or may have, and does no more. */
export interface AdvisoryPastVerdictTable {
  reference: string
  host_id: number
  verdict: string
  gone_ms: number
  /** The package that said so, and which of it is there now. */
  package_json: string | null
}

export interface AdvisorySchema {
  advisory: AdvisoryTable
  advisory_news: AdvisoryNewsTable
  advisory_source: AdvisorySourceTable
  advisory_run: AdvisoryRunTable
  advisory_run_page: AdvisoryRunPageTable
  advisory_verdict: AdvisoryVerdictTable
  advisory_mail: AdvisoryMailTable
  advisory_entry: AdvisoryEntryTable
  advisory_past_verdict: AdvisoryPastVerdictTable
}
