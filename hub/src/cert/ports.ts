// Owns what the parts of the watch say to each other: sources read, the watch decides what is news, matching says who is concerned.
import type {
  AdvisoryDocument,
  AdvisorySourceId,
  Evidence,
  Verdict,
} from '@vigie/shared/api/advisory'
import type { WatchFailureKind } from '@vigie/shared/api/cert-watch'
import type { Inventory } from '@vigie/shared/protocol/inventory'
import type { Package } from '@vigie/shared/protocol/packages'

/** What a source's list said of an advisory when it was last read. */
export interface KnownAdvisory {
  readonly reference: string
  /** Of everything that the list says of it: another one means that its document is to be read again. */
  readonly listHash: string
  readonly isClosed: boolean
  /** Its document could be read. */
  readonly isRead: boolean
}

export interface ListedAdvisory {
  readonly reference: string
  readonly listHash: string
  readonly title: string
  readonly isClosed: boolean
}

export interface WatchFailure {
  readonly kind: WatchFailureKind
  /** One line, in English, of what was seen. */
  readonly detail: string
  readonly screenshot?: Uint8Array
  /** The page as it was, cut to its limit. */
  readonly html?: string
}

export interface Reading {
  readonly by: 'page' | 'feed' | 'data'
  /** What the list shows, and whether it was read to its end: only then is what it does not show removed. */
  readonly listed: readonly ListedAdvisory[]
  readonly isWhole: boolean
  /** What is known and not listed, and of which the source said that it has it no more. */
  readonly gone?: readonly string[]
  /**
   * Of those that are new or that the list tells otherwise than before. One that could not be read is left out, with a failure,
   * and one for which there was no room without; a new one has then what the list says of it, an empty hash in `listed`, and is
   * read by the next run.
   */
  readonly documents: readonly AdvisoryDocument[]
  /** What was wrong though the source could be read. */
  readonly failures: readonly WatchFailure[]
}

/** What a distribution says of its own packages, beside its advisories. */
export interface SecurityData {
  readonly url: string
  /** Calls `listener` when there is more to compare with; one listener. */
  onChanged(listener: () => void): void
  /** What there is; null while there is nothing. */
  kept(): Promise<{ readMs: number; packages: number; fixes: number } | null>
}

export interface AdvisorySource {
  readonly id: AdvisorySourceId
  readonly url: string
  /**
   * Reads the list and what is new in it. With nothing known it reads the documents of what is open (`alert`) or on the
   * first page (`notice`) only. Rejects with an {@link UnreadableSourceError} when it could not see. Ends by itself before its deadline, whatever
   * the source does, and leaves no process behind, aborted or not.
   */
  read(known: ReadonlyMap<string, KnownAdvisory>, signal: AbortSignal): Promise<Reading>
  readonly data?: SecurityData
}

/** It could not be seen what is new: never "nothing is new". */
export class UnreadableSourceError extends Error {
  override readonly name = 'UnreadableSourceError'
  readonly failures: readonly [WatchFailure, ...WatchFailure[]]

  constructor(failures: readonly [WatchFailure, ...WatchFailure[]]) {
    super(failures.map(({ kind, detail }) => `${kind}: ${detail}`).join('; '))
    this.failures = failures
  }
}

/** What is matched against an advisory. */
export interface HostSoftware {
  readonly hostId: number
  readonly os: Inventory['os']
  readonly packages: readonly Package[]
  /** Its processor's model, as its system names it; absent where that is not known. */
  readonly processor?: string
}

/** A verdict other than `not`, with at least one piece of evidence, the strongest first. */
export interface Match {
  readonly reference: string
  readonly hostId: number
  readonly verdict: Exclude<Verdict, 'not'>
  readonly evidence: readonly Evidence[]
}
