// Owns what the live socket needs of the rest of the hub; app.ts passes it in.
import type { IncomingHttpHeaders } from 'node:http'
import type { HostFigures, HostSummary } from '@vigie/shared/api/host'
import type { HubProblem } from '@vigie/shared/api/hub-state'
import type { Incident } from '@vigie/shared/api/incident'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { CertPart } from '@vigie/shared/protocol/live'
import type { Holder } from '../http/gate.ts'

export type { Sight } from '../http/sight.ts'

/** Who a request comes from. */
export interface PeopleGate {
  personOf(headers: IncomingHttpHeaders): Promise<Holder | undefined>
}

/** Who has a token of the API; undefined when nobody has. */
export interface TokenGate {
  /** Rejects with the problem that refuses the upgrade when the address has said too many that nobody has. */
  holderOf(token: string, address: string): Promise<Holder | undefined>
  /** For a token that was good before. */
  find(token: string): Promise<Holder | undefined>
}

/** What is wrong with the hub itself, if anything. */
export interface LiveHubState {
  problems(): readonly HubProblem[]
  onChange(listener: (problems: readonly HubProblem[]) => void): () => void
}

export interface IncidentChanges {
  /** New ones, and those that changed in anything that is told of them. */
  readonly changed: readonly Incident[]
  /** Those that are firing or acknowledged no more. */
  readonly removed: readonly number[]
}

/** Incidents that are firing or acknowledged. */
export interface LiveIncidents {
  open(): readonly Incident[]
  /** Returns how to end that. */
  onChange(listener: (changes: IncidentChanges) => void): () => void
}

/** Advisories, and the watch that reads them. */
export interface LiveCert {
  /** `hostIds`: the hosts that it is about; undefined when it is about more than hosts. Returns how to end that. */
  onChange(listener: (part: CertPart, hostIds: readonly number[] | undefined) => void): () => void
}

/** Whether a request comes from a page of this hub, by its Origin. */
export type OriginCheck = (headers: IncomingHttpHeaders) => boolean

/** A frame of ticks as its agent sent it, with the series table that it refers to. */
export interface LiveFrame {
  readonly keys: readonly string[]
  readonly block: { readonly revision: number; readonly startMs: number }
  readonly bytes: Uint8Array
}

export interface LiveHost {
  readonly seen: { readonly lastSeenMs: number | null }
  readonly figures: HostFigures | null
  readonly snapshot: Snapshot | undefined
  /** The newest frame, for a page that opens the host. */
  readonly latest: LiveFrame | undefined
  readonly recentCpu: {
    read():
      | {
          readonly endMs: number
          readonly stepMs: number
          readonly cpuRatio: readonly (number | null)[]
        }
      | undefined
  }
}

export interface LiveFleet {
  host(id: number): LiveHost | undefined
  /** Resolves when `recentCpu` of a host holds what was stored before this run of the hub. */
  recall(id: number): Promise<void>
  listen(listeners: {
    onHostsChanged(hosts: readonly HostSummary[]): void
    onHostsRemoved(hostIds: readonly number[]): void
    onFigures(hostId: number): void
  }): () => void
}
