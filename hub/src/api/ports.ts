// Owns what the REST API needs from the rooms behind it; app.ts passes their parts in.
import type { IncomingHttpHeaders } from 'node:http'
import type { EnrolmentRequest, EnrolmentState } from '@vigie/shared/api/enrolment'
import type { HostEvent } from '@vigie/shared/api/event'
import type { GapList } from '@vigie/shared/api/gap'
import type { GraphTheme } from '@vigie/shared/api/graph'
import type { History, HostDetail, HostSummary } from '@vigie/shared/api/host'
import type { HostMerge, RetiredHost, WaitingMachine } from '@vigie/shared/api/host-change'
import type { HubState } from '@vigie/shared/api/hub-state'
import type { ApiToken, TokenDraft } from '@vigie/shared/api/token'
import type { Locale } from '@vigie/shared/format/locale'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { InstalledSoftware } from '@vigie/shared/protocol/packages'

/** The fleet as it stands now. */
export interface FleetReader {
  list(): readonly HostSummary[]
  /** Retired ones too, as of what follows. */
  find(id: number): HostSummary | undefined
  retired(): readonly RetiredHost[]
  detail(id: number): Promise<HostDetail | undefined>
  /** The latest lists of processes, users and failed units, or undefined while none has come. */
  snapshot(id: number): Snapshot | undefined
}

export interface HistoryQuery {
  readonly hostId: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  /** Metric names and written series; all when left out. */
  readonly series?: readonly string[]
}

export interface BucketQuery extends HistoryQuery {
  readonly points: number
  readonly intervalMs: number
}

/** What is pending is committed before it is read. */
export interface HistoryReader {
  buckets(query: BucketQuery, signal?: AbortSignal): Promise<History>
  /** The same as JSON. */
  json(query: BucketQuery, signal?: AbortSignal): Promise<Uint8Array>
  /** Every tick as a history's body (shared/src/api/history-body.ts), an hour at a time. */
  body(query: HistoryQuery, signal?: AbortSignal): AsyncIterable<Uint8Array>
}

export interface GapReader {
  /** No further back than rollups are kept; at most `maxHoles`, the longest. */
  (request: {
    host: { id: number; createdMs: number; lastSeenMs: number | null; intervalMs: number }
    fromMs: number
    toMs: number
    nowMs: number
    maxHoles: number
  }): Promise<GapList>
}

export interface GraphPainter {
  /** A picture as SVG, drawn elsewhere than on the event loop. */
  draw(request: {
    host: HostDetail
    fromMs: number
    toMs: number
    metrics?: readonly string[]
    points?: number
    style: {
      theme: GraphTheme
      locale: Locale
      zone: string
      widthPx: number
      heightPx?: number
    }
  }): Promise<string>
}

export interface EventReader {
  /** In the order of their ids, those after `afterId`. */
  page(query: {
    afterId: number
    fromMs: number
    /** Exclusive. */
    toMs: number
    /** Of these hosts only. */
    hostIds?: readonly number[]
    kinds?: readonly HostEvent['kind'][]
    limit: number
  }): Promise<HostEvent[]>
}

export interface InstalledReader {
  /** Undefined while the host has not told what it has. */
  of(hostId: number): Promise<InstalledSoftware | undefined>
}

export interface HubReader {
  state(): Promise<HubState>
}

export interface Enrolments {
  /** `token` is the written join token, known only now: the hub keeps a hash of its secret. */
  create(request: EnrolmentRequest): Promise<{ id: string; token: string; expiresAtMs: number }>
  state(id: string): Promise<EnrolmentState | undefined>
}

/** What administrators do with hosts. All of it is told to the pages at once. */
export interface HostDesk {
  /** False when another host has the name. */
  rename(id: number, name: string): Promise<boolean>
  /** Ends the connection of its agent, whose key is refused from then on. */
  revoke(id: number): Promise<void>
  retire(id: number): Promise<void>
  /** Back from retirement. */
  bringBack(id: number): Promise<void>
  /** The other one's history comes to this host, in the background; the other one is no host any more. */
  merge(id: number, request: HostMerge): Promise<void>
  /** Everything that is kept of it, in the background. */
  delete(id: number): Promise<void>
  waiting(): Promise<WaitingMachine[]>
  /** The id of the host that it is from now on; undefined when it does not wait. */
  approve(waitingId: number): Promise<number | undefined>
  /** False when it does not wait. */
  refuse(waitingId: number): Promise<boolean>
}

export interface Tokens {
  list(): Promise<ApiToken[]>
  count(): Promise<number>
  /** `token` is known only now. */
  create(draft: TokenDraft): Promise<{ id: string; token: string }>
  /** False when there is none with that id. */
  delete(id: string): Promise<boolean>
}

export type Role = 'admin' | 'viewer'

/** Who sends a request, or undefined without a good session or token. */
export interface PeopleGate {
  personOf(headers: IncomingHttpHeaders): Promise<{ id: string; role: Role } | undefined>
}
