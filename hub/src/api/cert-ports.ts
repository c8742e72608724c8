// Owns what the routes of advisories and of the watch need from the rooms behind them; app.ts passes their parts in.
import type {
  Advisory,
  AdvisoryDetail,
  AdvisoryKind,
  AdvisorySourceId,
  CertWatch,
  Handled,
  HostAdvisory,
} from '@vigie/shared/api/advisory'

export interface AdvisoryQuery {
  readonly source?: AdvisorySourceId
  readonly kind?: AdvisoryKind
  readonly state?: 'open' | 'closed' | 'all'
  readonly concerns?: boolean
  readonly text?: string
  readonly before?: { readonly publishedMs: number; readonly reference: string }
  readonly limit: number
}

export interface Advisories {
  /** The newest first. */
  page(query: AdvisoryQuery): Promise<Advisory[]>
  get(reference: string): Promise<AdvisoryDetail | undefined>
  /** What concerns a host, or may. */
  ofHost(hostId: number, limit: number): Promise<HostAdvisory[]>
  /** Null takes back what was said. False when there is no such advisory. */
  setHandled(reference: string, handled: Handled | null): Promise<boolean>
}

export interface CertDesk {
  state(): Promise<CertWatch>
  /** Reads every source that is on; `running` when each is being read already, `off` when none is on. */
  check(): 'started' | 'running' | 'off'
  /** PNG of what a run saw when it failed; undefined when none is kept. */
  screenshot(runId: number): Promise<Uint8Array | undefined>
  /** The page that it saw, as it was. */
  html(runId: number): Promise<string | undefined>
}
