// Owns the requests of the page to the hub. Every one resolves to its typed answer or throws an ApiProblem.
import type { Enrolment, EnrolmentRequest, EnrolmentState } from '@vigie/shared/api/enrolment'
import type { EventPage } from '@vigie/shared/api/event'
import type { GapList } from '@vigie/shared/api/gap'
import type {
  FleetHistory,
  History,
  HostDetail,
  HostPage,
  HostSummary,
} from '@vigie/shared/api/host'
import type { HubState } from '@vigie/shared/api/hub-state'
import type { PackagePage } from '@vigie/shared/api/package-list'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import { getJson, request, send } from './request.ts'

/** Every host, from as many pages as the hub makes of them. */
export async function hosts(): Promise<HostSummary[]> {
  const items: HostSummary[] = []
  let after: string | null = null
  do {
    const query: string = after === null ? '' : `?after=${encodeURIComponent(after)}`
    const page: HostPage = await getJson<HostPage>(`/api/v1/hosts${query}`)
    items.push(...page.items)
    after = page.next
  } while (after !== null)
  return items
}

export function host(id: number): Promise<HostDetail> {
  return getJson(`/api/v1/hosts/${id}`)
}

/** What is missing of what a host has told of its packages. */
export async function packageLacks(id: number): Promise<PackagePage['lacks']> {
  return (await getJson<PackagePage>(`/api/v1/hosts/${id}/packages?limit=1`)).lacks
}

/** Some series of a host between two times; `from` and `to` on lines of the clock. */
export interface HistoryQuery {
  readonly keys: readonly string[]
  readonly fromMs: number
  readonly toMs: number
}

/** In at most `points` buckets. */
export function history(
  id: number,
  query: HistoryQuery & { readonly points: number },
  signal: AbortSignal,
): Promise<History> {
  const params = historyParams(query)
  params.set('points', String(query.points))
  return getJson(`/api/v1/hosts/${id}/history?${params.toString()}`, { signal })
}

/** Every sample: series tables and blocks, framed as shared/src/api/history-body.ts describes. */
export async function historyBlocks(
  id: number,
  query: HistoryQuery,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const path = `/api/v1/hosts/${id}/history?${historyParams(query).toString()}`
  const headers = { accept: 'application/vnd.vigie.block' }
  return (await request(path, { headers, signal })).arrayBuffer()
}

function historyParams({ keys, fromMs, toMs }: HistoryQuery): URLSearchParams {
  const params = new URLSearchParams({ from: String(fromMs), to: String(toMs) })
  for (const key of keys) params.append('metric', key)
  return params
}

/** When a host has no data, and why. */
export function gaps(id: number, fromMs: number, toMs: number): Promise<GapList> {
  return getJson(`/api/v1/hosts/${id}/gaps?from=${Math.floor(fromMs)}&to=${Math.ceil(toMs)}`)
}

/** When a host started anew. */
export function boots(id: number, fromMs: number, toMs: number): Promise<EventPage> {
  const range = `from=${Math.floor(fromMs)}&to=${Math.ceil(toMs)}`
  return getJson(`/api/v1/events?host=${id}&kind=booted&${range}`)
}

/** One metric of many hosts, folded into at most `points` buckets that all of them share. */
export interface FleetHistoryQuery {
  /** A metric, all of its series, or one written series. */
  readonly metric: string
  readonly hosts: readonly number[]
  readonly fromMs: number
  readonly toMs: number
  readonly points: number
}

export function fleetHistory(query: FleetHistoryQuery, signal: AbortSignal): Promise<FleetHistory> {
  const params = new URLSearchParams({
    metric: query.metric,
    from: String(Math.floor(query.fromMs)),
    to: String(Math.ceil(query.toMs)),
    points: String(query.points),
  })
  for (const id of query.hosts) params.append('host', String(id))
  return getJson(`/api/v1/history?${params.toString()}`, { signal })
}

/** What the hub says of itself. */
export function hub(): Promise<HubState> {
  return getJson('/api/v1/hub')
}

/** The newest lists of processes, users and failed units; null when the host has sent none. */
export async function processes(id: number): Promise<Snapshot | null> {
  const response = await request(`/api/v1/hosts/${id}/processes`)
  return response.status === 204 ? null : ((await response.json()) as Snapshot | null)
}

export async function createEnrolment(enrolment: EnrolmentRequest): Promise<Enrolment> {
  return (await send('/api/v1/enrolments', enrolment)).json() as Promise<Enrolment>
}

export function enrolment(id: string): Promise<EnrolmentState> {
  return getJson(`/api/v1/enrolments/${encodeURIComponent(id)}`)
}
