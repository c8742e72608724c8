// Owns what `vigie watch` hears, from wherever it comes.
import type { HostSummary } from '@vigie/shared/api/host'
import type { HistoryRun } from '@vigie/shared/api/history-body'

export interface WatchListener {
  /** Hosts that are new, or changed, or have newer figures. */
  onHosts(hosts: readonly HostSummary[]): void
  /** Hosts that are in the fleet no more: retired, merged, deleted, or not to be seen. */
  onRemoved(hostIds: readonly number[]): void
  /** CPU of the last minutes of a host, oldest first, null where it is not known. */
  onRecent(hostId: number, recent: { endMs: number; stepMs: number; cpuRatio: readonly (number | null)[] }): void // prettier-ignore
  /** Ticks of the host that is open, in order of time. */
  onTicks(run: HistoryRun): void
  /** The hub does not answer: what is wrong; null when it does again. */
  onTrouble(words: string | null): void
}

export interface WatchOptions {
  /** The host whose every value is wanted; the figures of all where it is left out. */
  readonly open?: HostSummary
  readonly signal: AbortSignal
}

/** How far back the lines of a screen go when it opens. */
export const WATCH_BACK_MS = 180_000
