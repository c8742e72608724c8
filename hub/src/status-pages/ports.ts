// Owns what status pages need of the rest of the hub; app.ts passes it in.
import type { GapList } from '@vigie/shared/api/gap'
import type { HostStatus } from '@vigie/shared/api/host'
import type { Severity } from '@vigie/shared/api/rule'
import type { StatusPage } from '@vigie/shared/api/status-page'

export type StatusPageRecord = Omit<StatusPage, 'url'>

export interface StatusPageStore {
  /** In the order in which they were made. */
  list(): Promise<StatusPageRecord[]>
  create(page: Omit<StatusPageRecord, 'id'>): Promise<StatusPageRecord>
  replace(page: StatusPageRecord): Promise<void>
  delete(id: number): Promise<void>
}

export interface PageHost {
  readonly id: number
  readonly name: string
  readonly tags: readonly string[]
  readonly status: HostStatus
  readonly createdMs: number
  /** Null when it has joined and not been heard since. */
  readonly lastSeenMs: number | null
  readonly intervalMs: number
}

export interface PageIncident {
  readonly hostId: number | null
  readonly severity: Severity
}

export interface Span {
  readonly startsMs: number
  readonly endsMs: number
}

/** When one maintenance window was open within a time, to the end of each, and whom it means. */
export interface MaintenanceTimes {
  means(host: Pick<PageHost, 'id' | 'tags'>): boolean
  readonly spans: readonly Span[]
}

export interface StatusSources {
  /** Whoever is watched: none that is retired, deleted, merged away or waits to be approved. */
  hosts(): Iterable<PageHost>
  /** Those that are open, pending ones not among them. */
  incidents(): Iterable<PageIncident>
  maintenance(fromMs: number, toMs: number): readonly MaintenanceTimes[]
  gaps(request: {
    host: PageHost
    fromMs: number
    toMs: number
    nowMs: number
    maxHoles: number
  }): Promise<GapList>
  /** The time of the first tick that is stored of a host from a time on; undefined while there is none. */
  firstTickMs(hostId: number, fromMs: number): Promise<number | undefined>
  /** How long a host may be silent before it is down. */
  graceMs(intervalMs: number): number
  /** How far back gaps are known. */
  readonly retentionMs: number
}
