// Owns what commands read from: a hub over its API, or the data directory on this machine, behind one interface.
import type { Gap } from '@vigie/shared/api/gap'
import type { History, HostDetail, HostSummary } from '@vigie/shared/api/host'
import type { HistoryRun } from '@vigie/shared/api/history-body'
import { apiSource } from './api-source.ts'
import { fileSource } from './file-source.ts'
import { hubApi } from './hub-api.ts'
import { withHubFiles } from './hub-files.ts'
import type { WatchListener, WatchOptions } from './watch-feed.ts'

export interface RangeQuery {
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

export interface SeriesQuery extends RangeQuery {
  /** Metric names (all of their series) and written series; all when left out. */
  readonly series?: readonly string[]
}

export interface Source {
  /** In the order of ids. */
  hosts(): Promise<HostSummary[]>
  detail(hostId: number): Promise<HostDetail>
  buckets(host: HostSummary, query: SeriesQuery & { readonly points: number }): Promise<History>
  gaps(host: HostDetail, range: RangeQuery): Promise<readonly Gap[]>
  /** Every tick, oldest first, in blocks; reads ahead by no more than a few. */
  runs(host: HostSummary, query: SeriesQuery): AsyncIterable<HistoryRun>
  /** Tells what happens from now on; resolves when the signal of the options says so. */
  watch(listener: WatchListener, options: WatchOptions): Promise<void>
}

/** Opens what `--hub` and the environment name for the time of `work`. */
export function withSource<T>(
  hub: string | undefined,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const api = hubApi(hub)
  return api ? work(apiSource(api)) : withHubFiles((files) => work(fileSource(files)))
}
