// Owns what the watch needs of the rest of the hub: where it keeps what it learnt, and how that becomes mail.
import type {
  AdvisoryDocument,
  AdvisoryKind,
  AdvisorySourceId,
  Evidence,
  PastVerdict,
  Verdict,
} from '@vigie/shared/api/advisory'
import type { WatchFailureKind, WatchRun } from '@vigie/shared/api/cert-watch'
import type { Match, WatchFailure } from './ports.ts'

/** An advisory as it is kept. */
export interface KeptAdvisory {
  readonly reference: string
  readonly source: AdvisorySourceId
  readonly kind: AdvisoryKind
  readonly listHash: string
  readonly isClosed: boolean
  readonly isRead: boolean
  readonly isBaseline: boolean
  readonly isRemoved: boolean
  readonly firstSeenMs: number
  readonly changedMs: number
  /** Null while all that is known of it is that a list had it when the watch began. */
  readonly document: AdvisoryDocument | null
}

/** Parts of a document that people act on: a change of one is news. */
export type ChangedField =
  'document' | 'risks' | 'affected' | 'cves' | 'summary' | 'solution' | 'links' | 'revisions'

/** What of a part came and went; both are empty where it was written anew. */
export interface FieldChange {
  readonly field: ChangedField
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/**
 * `begun`: a source was read for the first time. `concerned`: a host became so after its advisory was told. `failing` and
 * `working`: the watch cannot see, and sees again. The others are of one advisory.
 */
export type NewsKind =
  | 'begun'
  | 'added'
  | 'revised'
  | 'closed'
  | 'reopened'
  | 'removed'
  | 'returned'
  | 'concerned'
  | 'failing'
  | 'working'

/** `now`: to everybody, at once. `digest`: with the next digest. `admins`: to administrators. `none`: history. */
export type NewsChannel = 'now' | 'digest' | 'admins' | 'none'

export interface NewNews {
  readonly source: AdvisorySourceId
  readonly reference: string | null
  readonly hostId: number | null
  readonly kind: NewsKind
  readonly channel: NewsChannel
  readonly timeMs: number
  readonly detail: NewsDetail
}

export interface NewsDetail {
  readonly changes?: readonly FieldChange[]
  /** Of the run that made the watch fail. */
  readonly failures?: readonly { readonly kind: WatchFailureKind; readonly detail: string }[]
  readonly failingSinceMs?: number
  /** It sees, with something wrong each time. */
  readonly isPartly?: boolean
}

/** Waits to be told. */
export interface News extends NewNews {
  readonly id: number
}

/** What administrators were told of a source: that it is read with something wrong, or not at all. */
export type ToldTrouble = 'none' | 'partly' | 'failed'

/** How a source has fared. */
export interface SourceState {
  readonly source: AdvisorySourceId
  readonly baselineMs: number | null
  readonly lastRunMs: number
  /** Runs that could not see. */
  readonly failedInARow: number
  readonly failingSinceMs: number | null
  /** Runs that could not see, or saw with something wrong. */
  readonly troubledInARow: number
  readonly troubledSinceMs: number | null
  readonly toldTrouble: ToldTrouble
  readonly wellSinceMs: number | null
  readonly lastChangeMs: number | null
}

export interface NewRun extends Omit<WatchRun, 'id' | 'failures'> {
  readonly failures: readonly WatchFailure[]
}

/** All that one run taught. */
export interface Learnt {
  readonly run: NewRun
  readonly state: SourceState
  readonly advisories: readonly KeptAdvisory[]
  readonly news: readonly NewNews[]
}

export interface WatchStore {
  states(): Promise<SourceState[]>
  known(source: AdvisorySourceId): Promise<Map<string, KeptAdvisory>>
  /** All of it, or nothing. Returns the run's id. */
  learn(learnt: Learnt): Promise<number>
  /** Of every source, newest first. */
  runs(limit: number): Promise<WatchRun[]>
}

/** A verdict as it is kept. */
export interface KeptVerdict extends Omit<Match, 'verdict'> {
  readonly verdict: Exclude<Verdict, 'not'>
  readonly sinceMs: number
}

/** What another matching made different. */
export interface VerdictChanges {
  readonly put: readonly Match[]
  readonly gone: readonly GoneVerdict[]
}

/** A host that an advisory concerns no more, nor may. */
export interface GoneVerdict {
  readonly reference: string
  readonly hostId: number
  /** The package that said so, as it was and as it is; left out where no package did. */
  readonly package?: PastVerdict['package']
}

export interface VerdictStore {
  /** The changes, and news of hosts that they make concerned by an alert that was told, in one transaction. */
  change(changes: VerdictChanges, nowMs: number): Promise<void>
}

/** A host of an advisory, as a mail tells it. */
export interface ToldHost {
  readonly hostId: number
  readonly hostName: string
  readonly verdict: Exclude<Verdict, 'not'>
  readonly evidence: readonly Evidence[]
}

export interface ToldAdvisory {
  readonly document: AdvisoryDocument
  /** False when only its title could be read. */
  readonly isRead: boolean
  /** Concerned ones first. */
  readonly hosts: readonly ToldHost[]
}
