// Owns the requests of the page about advisories and the watch that reads them.
import type {
  Advisory,
  AdvisoryDetail,
  AdvisoryKind,
  AdvisoryPage,
  AdvisorySourceId,
  HandledDraft,
  HostAdvisory,
  HostAdvisoryList,
} from '@vigie/shared/api/advisory'
import type { CertWatch } from '@vigie/shared/api/cert-watch'
import type { Static } from 'typebox'
import { ApiProblem } from './api-problem.ts'
import { atHub } from './at-hub.ts'
import { getJson, request, send } from './request.ts'

export interface AdvisoryQuery {
  readonly state: 'open' | 'closed' | 'all'
  readonly source?: AdvisorySourceId | null
  readonly kind?: AdvisoryKind
  /** Only those that concern a host, or may. */
  readonly concerns?: boolean
  readonly query?: string
  /** What the page before gave as `nextBefore`. */
  readonly before?: string | null
  readonly limit?: number
}

export function advisories(query: AdvisoryQuery): Promise<AdvisoryPage> {
  const params = new URLSearchParams({ state: query.state })
  if (query.source) params.set('source', query.source)
  if (query.kind) params.set('kind', query.kind)
  if (query.concerns) params.set('concerns', 'true')
  if (query.query) params.set('q', query.query)
  if (query.before) params.set('before', query.before)
  if (query.limit !== undefined) params.set('limit', String(query.limit))
  return getJson(`/api/v1/advisories?${params.toString()}`)
}

export function advisory(reference: Advisory['reference']): Promise<AdvisoryDetail> {
  return getJson(pathOf(reference))
}

/** Who asks has dealt with it. */
export async function handle(reference: string, draft: HandledDraft): Promise<void> {
  await send(`${pathOf(reference)}/handled`, draft, 'PUT')
}

export async function unhandle(reference: string): Promise<void> {
  await request(`${pathOf(reference)}/handled`, { method: 'DELETE' })
}

/** Who asks has it now, unless somebody has. */
export async function take(reference: string): Promise<void> {
  await send(`${pathOf(reference)}/take`, {})
}

export async function handOver(reference: string, to: string, text: string): Promise<void> {
  await send(`${pathOf(reference)}/hand-over`, { to, ...(text !== '' && { text }) })
}

export async function advisoriesOfHost(hostId: number): Promise<readonly HostAdvisory[]> {
  const list = await getJson<Static<typeof HostAdvisoryList>>(`/api/v1/hosts/${hostId}/advisories`)
  return list.items
}

export function certWatch(): Promise<CertWatch> {
  return getJson('/api/v1/cert')
}

/** Has every source that is on read now; one that is being read already is as good. */
export async function checkNow(): Promise<void> {
  try {
    await send('/api/v1/cert/check', {})
  } catch (problem) {
    const isRunning = problem instanceof ApiProblem && problem.type.endsWith('check-running')
    if (!isRunning) throw problem
  }
}

/** What a failed run saw: its picture, or the page's text. */
export function runFileHref(runId: number, file: 'screenshot' | 'page'): string {
  return atHub(`/api/v1/cert/runs/${runId}/${file}`)
}

function pathOf(reference: string): string {
  return `/api/v1/advisories/${encodeURIComponent(reference)}`
}
