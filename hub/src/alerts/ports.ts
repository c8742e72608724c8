// Owns what alerts need of the rest of the hub; app.ts passes it in.
import type { Block } from '@vigie/shared/codec/block'
import type {
  IncidentEntry,
  IncidentKind,
  IncidentRule,
  IncidentState,
  ResolvedWhy,
} from '@vigie/shared/api/incident'
import type { Rule, RuleDraft, Severity } from '@vigie/shared/api/rule'
import type {
  Maintenance,
  MaintenanceDraft,
  Silence,
  SilenceDraft,
} from '@vigie/shared/api/silence'
import type { Snapshot } from '@vigie/shared/protocol/inventory'

/** An incident as it is kept. Values in the metric's unit (shared/src/api/incident.ts says what each field means). */
export interface IncidentRecord {
  /** Given by alerts, which are the only ones to make incidents. */
  readonly id: number
  readonly kind: IncidentKind
  readonly rule: IncidentRule
  readonly severity: Severity
  readonly hostId: number | null
  readonly series: string
  readonly state: IncidentState
  readonly sinceMs: number
  readonly firedMs: number | null
  readonly acknowledgedMs: number | null
  readonly owner: string | null
  readonly resolvedMs: number | null
  readonly resolvedWhy: ResolvedWhy | null
  readonly value: number | null
  readonly worst: number | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly foldedInto: number | null
}

export type NoticeKind = 'opened' | 'resolved' | 'reminder'

export interface NewNotice {
  readonly incidentId: number
  readonly kind: NoticeKind
  /** An address, or `webhook`. */
  readonly recipient: string
  readonly timeMs: number
}

export interface NewEntry {
  readonly incidentId: number
  readonly timeMs: number
  /** What mails did is read from the ledger. */
  readonly kind: Exclude<IncidentEntry['kind'], `mail-${string}` | 'reminder-due'>
  readonly who: string | null
  readonly text: string | null
}

/** What one transaction writes: all of it or nothing. */
export interface AlertChanges {
  /** New, or changed: whole. */
  readonly incidents: readonly IncidentRecord[]
  /** Pending ones of which nothing came. */
  readonly forgotten: readonly number[]
  readonly entries: readonly NewEntry[]
  readonly notices: readonly NewNotice[]
  readonly evidence: readonly {
    readonly incidentId: number
    readonly snapshots: readonly Snapshot[]
  }[]
}

export interface AlertStore {
  commit(changes: AlertChanges): Promise<void>
  /** Everything that is not resolved. */
  open(): Promise<IncidentRecord[]>
  /** For flap damping and late data. */
  resolvedSince(timeMs: number): Promise<IncidentRecord[]>
  /** Recipients that an incident's opening was written for, by incident: who must hear that it is over. */
  told(incidentIds: readonly number[]): Promise<Map<number, string[]>>
  /** When a reminder or, while there was none, the opening was last written, by incident. */
  lastTold(incidentIds: readonly number[]): Promise<Map<number, number>>
  /** The largest id ever given. */
  lastId(): Promise<number>
}

export interface RuleStore {
  list(): Promise<Rule[]>
  /** Of rules that there are, and of those that were deleted. */
  keysEverWritten(): Promise<ReadonlySet<string>>
  /** `key` names a rule that every hub begins with; it is written once in the life of a database. */
  create(draft: RuleDraft, changedMs: number, key?: string): Promise<Rule>
  /** Undefined when there is none with that id. */
  change(id: number, draft: RuleDraft, changedMs: number): Promise<Rule | undefined>
  delete(id: number): Promise<boolean>
}

export interface SilenceStore {
  /** Those that end after `endsAfterMs`, by their end. */
  list(endsAfterMs: number): Promise<Silence[]>
  create(draft: SilenceDraft, by: string, createdMs: number): Promise<Silence>
  /** Ends it at that time; false when there is none, or it has ended before. */
  end(id: number, endsMs: number): Promise<boolean>
  windows(): Promise<Omit<Maintenance, 'next'>[]>
  createWindow(draft: MaintenanceDraft): Promise<Omit<Maintenance, 'next'>>
  changeWindow(id: number, draft: MaintenanceDraft): Promise<Omit<Maintenance, 'next'> | undefined>
  deleteWindow(id: number): Promise<boolean>
}

/** A frame of ticks with the keys of its columns. */
export interface AlertTicks {
  readonly keys: readonly string[]
  readonly block: Block
}

/** One tick, with the keys of its columns. */
export interface LastTick extends AlertTicks {
  /** Its index in the block. */
  readonly tick: number
  readonly timeMs: number
}

/** What alerts ask about hosts. */
export interface AlertHost {
  readonly id: number
  readonly name: string
  readonly intervalMs: number
  readonly tags: readonly string[]
  /** For how long the hub has heard nothing of it, by the clock that never jumps; null when not in this run. */
  readonly silentForMs: number | null
  readonly lastSeenMs: number | null
  /** What it said when it left, while nothing came after it. */
  readonly goodbye: 'stopped' | 'rebooting' | 'upgrading' | null
}

export interface AlertFleet {
  hosts(): Iterable<AlertHost>
  host(id: number): AlertHost | undefined
  /** Why a host is not among them any more. */
  leftWhy(id: number): 'retired' | 'revoked'
}

/** Addresses and `webhook` that are told when a rule names nobody. */
export type DefaultRecipients = () => readonly string[]
