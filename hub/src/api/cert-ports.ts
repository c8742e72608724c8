// Owns what the routes of advisories and of the watch need from the rooms behind them; app.ts passes their parts in.
import type {
  Advisory,
  AdvisoryCounts,
  AdvisoryDetail,
  AdvisoryKind,
  AdvisorySourceId,
  Handled,
  HostAdvisory,
} from '@vigie/shared/api/advisory'
import type { CertWatch } from '@vigie/shared/api/cert-watch'

/** The hosts that count, as though there were no others; undefined: all of them. */
export type HostsInSight = readonly number[] | undefined

export interface AdvisoryQuery {
  readonly source?: AdvisorySourceId
  readonly kind?: AdvisoryKind
  readonly state?: 'open' | 'closed' | 'all'
  readonly concerns?: boolean
  readonly text?: string
  readonly hostIds?: HostsInSight
  readonly before?: { readonly publishedMs: number; readonly reference: string }
  readonly limit: number
}

export interface Advisories {
  /** The newest first. */
  page(query: AdvisoryQuery): Promise<Advisory[]>
  /** Of a source and words, whatever their kind and state. */
  counts(query: Pick<AdvisoryQuery, 'source' | 'text' | 'hostIds'>): Promise<AdvisoryCounts>
  get(reference: string, hostIds?: HostsInSight): Promise<AdvisoryDetail | undefined>
  /** What concerns a host, or may. */
  ofHost(
    hostId: number,
    options: { readonly limit: number; readonly hostIds: HostsInSight },
  ): Promise<HostAdvisory[]>
  /** Null takes back what was said. False when there is no such advisory. */
  setHandled(reference: string, handled: Handled | null, who: Actor): Promise<boolean>
  /** `already`: somebody has it, who keeps it. */
  take(reference: string, who: Actor): Promise<'done' | 'already' | 'unknown'>
  /** False when there is no such advisory. */
  handOver(
    reference: string,
    words: Actor & { readonly to: string; readonly text?: string | undefined },
  ): Promise<boolean>
}

/** Who does something, and when. */
export interface Actor {
  readonly by: string
  readonly atMs: number
}

export interface CertDesk {
  state(hostIds?: HostsInSight): Promise<CertWatch>
  /** Reads every source that is on; `running` when each is being read already, `off` when none is on. */
  check(): 'started' | 'running' | 'off'
  /** PNG of what a run saw when it failed; undefined when none is kept. */
  screenshot(runId: number): Promise<Uint8Array | undefined>
  /** The page that it saw, as it was. */
  html(runId: number): Promise<string | undefined>
}
