// Owns what mail needs of the rest of the hub; app.ts passes it in.
import type {
  IncidentKind,
  IncidentRule,
  IncidentState,
  ResolvedWhy,
} from '@vigie/shared/api/incident'
import type { MailAttempt, MailKind, MailState } from '@vigie/shared/api/mail'
import type { Severity } from '@vigie/shared/api/rule'
import type { Locale } from '@vigie/shared/format/locale'
import type { Snapshot } from '@vigie/shared/protocol/inventory'

export interface MailImage {
  /** Its Content-ID without brackets, unique within the mail. */
  readonly name: string
  readonly png: Uint8Array
}

/** What a mail says, before it has a recipient and an id. */
export interface Letter {
  readonly kind: MailKind
  readonly subject: string
  readonly text: string
  /** Null for a webhook, whose `text` is JSON. */
  readonly html: string | null
  readonly images: readonly MailImage[]
}

export interface NewMail extends Letter {
  readonly channel: 'mail' | 'webhook'
  readonly recipient: string
  /** With its angle brackets (RFC 5322, section 3.6.4). */
  readonly messageId: string
  /** Message-IDs of the mails that it follows, oldest first. */
  readonly references: readonly string[]
  readonly writtenMs: number
}

export interface OutboxMail extends NewMail {
  readonly id: number
  readonly attempts: number
  readonly nextMs: number
}

export interface AttemptRecord extends MailAttempt {
  readonly mailId: number
  readonly state: MailState
  /** When to try again; null when nothing will be tried. */
  readonly nextMs: number | null
}

export interface OutboxStore {
  /** What is due, in the order in which it was written, whole; `busy` recipients are left out. */
  due(nowMs: number, limit: number, busy?: readonly string[]): Promise<OutboxMail[]>
  /** When the next that waits is due; null when none waits. */
  nextDueMs(busy?: readonly string[]): Promise<number | null>
  /** The attempt and the state after it, in one transaction. */
  recordAttempt(attempt: AttemptRecord): Promise<void>
  /** Makes everything that waits due now. */
  hurry(nowMs: number): Promise<void>
  /** Makes these due now if they wait for later; resolves with how many do. */
  hurryThese(messageIds: readonly string[], nowMs: number): Promise<number>
  /** Writes a mail that tells no notices; false when one with its Message-ID is there. */
  write(mail: NewMail): Promise<{ id: number } | false>
  /** What has waited since `beforeMs` after an attempt, or failed since. */
  trouble(query: { waitingSinceMs: number; failedSinceMs: number }): Promise<{
    waiting: number
    failed: number
    /** The newest answer of a relay among them. */
    answer: string | null
  }>
}

/** A notice that is not composed yet, with what holds it and what it is about. */
export interface WaitingNotice {
  readonly id: number
  readonly incidentId: number
  readonly kind: 'opened' | 'resolved' | 'reminder'
  readonly recipient: string
  readonly timeMs: number
  readonly incident: {
    readonly kind: IncidentKind
    readonly rule: IncidentRule
    readonly severity: Severity
    readonly hostId: number | null
    readonly state: IncidentState
    readonly foldedInto: number | null
  }
}

/** `removed`: its recipient is told of such incidents no more. */
export type WhyWithheld = 'silenced' | 'folded' | 'removed'

export interface NoticeStore {
  /** Of all recipients, in the order of their ids. */
  waiting(): Promise<WaitingNotice[]>
  /** The mail and that it tells these notices, in one transaction. */
  compose(mail: NewMail, noticeIds: readonly number[]): Promise<{ id: number }>
  /** They will never be told, and the ledger says why. */
  withhold(noticeIds: readonly number[], why: WhyWithheld): Promise<void>
  /** The Message-ID of the first mail to this recipient about each incident. */
  threads(incidentIds: readonly number[], recipient: string): Promise<Map<number, string>>
  /** Times at which mails of notices, and of the CERT watch, to this recipient were written, since then. */
  composedSince(recipient: string, sinceMs: number): Promise<number[]>
  /** How many mails about alerts of the CERT watch were written since then, to whoever got the most. */
  alertMailsSince(sinceMs: number): Promise<number>
}

/** Everything that a mail tells of one incident. */
export interface IncidentFacts {
  readonly id: number
  readonly kind: IncidentKind
  readonly rule: IncidentRule
  readonly severity: Severity
  readonly state: IncidentState
  readonly series: string
  readonly sinceMs: number
  readonly firedMs: number | null
  readonly resolvedMs: number | null
  readonly resolvedWhy: ResolvedWhy | null
  readonly owner: string | null
  readonly value: number | null
  readonly worst: number | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly remindEveryMs: number | null
  readonly host: HostFacts | null
}

export interface HostFacts {
  readonly id: number
  readonly name: string
  readonly system: string | null
  readonly cores: number | null
  readonly memoryBytes: number | null
  readonly addresses: readonly string[]
  readonly agentVersion: string
  /** Of the last tick. */
  readonly uptimeMs: number | null
  readonly lastSeenMs: number | null
}

/** What is looked up only for an incident that has a mail of its own. */
export interface IncidentEvidence {
  /** The busiest processes of the minute before it fired, oldest first. */
  readonly snapshots: readonly Snapshot[]
  /** Titles of the host's other open incidents are written from these. */
  readonly otherOpen: readonly IncidentFacts[]
  readonly chart: IncidentChart | null
}

/** Up to an hour, one value a step, in the unit of the series' metric. */
export interface IncidentChart {
  readonly series: string
  readonly fromMs: number
  readonly stepMs: number
  readonly values: readonly (number | null)[]
  readonly threshold: number | null
  /** When it fired. */
  readonly markMs: number | null
}

export interface IncidentReader {
  /** In the order of the ids; those that are gone are left out. */
  facts(incidentIds: readonly number[]): Promise<IncidentFacts[]>
  evidence(incidentId: number): Promise<IncidentEvidence>
}

/** Draws the picture of a mail, 2 device pixels a pixel, as PNG. */
export interface ChartPainter {
  drawPng(
    chart: IncidentChart,
    style: { theme: 'light' | 'dark'; locale: Locale; zone: string },
  ): Promise<Uint8Array>
}

export interface MailRecipient {
  readonly address: string
  readonly locale: Locale
  /** IANA name. */
  readonly zone: string
  readonly getsWeekly: boolean
}

export interface RecipientReader {
  /** Undefined for an address that nobody has set up, which gets the hub's own language and zone. */
  find(address: string): MailRecipient | undefined
  list(): readonly MailRecipient[]
}

/** Where a person goes from a mail. */
export interface MailLinks {
  host(id: number, range?: { fromMs: number; toMs: number }): string
  incident(id: number): string
  incidents(): string
  /** A security advisory, by its reference. */
  advisory(reference: string): string
  advisories(): string
  /** Asks for confirmation; the token is in the fragment, which no server and no proxy sees. */
  acknowledge(incidentId: number, recipient: string): string
  silence(incidentId: number, recipient: string): string
  settings(): string
}

/** What keeps a notice from being told now. */
export interface Holds {
  isSilenced(incidentId: number): boolean
  /** Whether the `lost-sight` incident that it is folded into is open. */
  isFolded(incidentId: number): boolean
  /** Whether backlogs are still arriving (docs/alerts.md, L3). */
  isCatchingUp(): boolean
  /** Whether its recipient is still told of such incidents (docs/alerts.md, C5); what is not is withheld. */
  isMeant(notice: Pick<WaitingNotice, 'incident' | 'recipient'>): boolean
}

/** What a week was like, for the mail that says so. */
export interface WeekFacts {
  readonly hostCount: number
  readonly hostsDown: readonly { readonly name: string; readonly sinceMs: number | null }[]
  /** Names of hosts whose agent is older than the hub. */
  readonly outdatedAgents: readonly string[]
  /** That fired within the week, in the order of their ids. */
  readonly incidents: readonly IncidentFacts[]
  readonly mails: { readonly delivered: number; readonly failed: number; readonly waiting: number }
  readonly database: { readonly sizeBytes: number; readonly diskFreeBytes: number }
}

export interface WeekReader {
  read(fromMs: number, toMs: number): Promise<WeekFacts>
}
