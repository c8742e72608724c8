// Owns the requests of the page about incidents, silences and mails.
import type { Incident, IncidentDetail, IncidentPage } from '@vigie/shared/api/incident'
import type { MailDetail, MailPage, MailSetup, MailState } from '@vigie/shared/api/mail'
import type { RuleList } from '@vigie/shared/api/rule'
import type { Silence, SilenceDraft, SilenceList } from '@vigie/shared/api/silence'
import type { Static } from 'typebox'
import { getJson, request, send } from './request.ts'

export interface IncidentQuery {
  readonly state: 'open' | 'resolved' | 'all'
  readonly hostId?: number
  readonly fromMs?: number
  readonly toMs?: number
  readonly after?: string | null
  readonly limit?: number
}

/** Newest first, but for the open ones: the most severe first, then the oldest. */
export function incidents(query: IncidentQuery): Promise<IncidentPage> {
  const params = new URLSearchParams({ state: query.state })
  if (query.hostId !== undefined) params.set('host', String(query.hostId))
  if (query.fromMs !== undefined) params.set('from', String(Math.floor(query.fromMs)))
  if (query.toMs !== undefined) params.set('to', String(Math.ceil(query.toMs)))
  if (typeof query.after === 'string') params.set('after', query.after)
  if (query.limit !== undefined) params.set('limit', String(query.limit))
  return getJson(`/api/v1/alerts?${params.toString()}`)
}

/** Of one host, between two times, as many as a page of them holds. */
export async function incidentsOfHost(
  hostId: number,
  fromMs: number,
  toMs: number,
): Promise<Incident[]> {
  return (await incidents({ state: 'all', hostId, fromMs, toMs })).items
}

export function incident(id: number): Promise<IncidentDetail> {
  return getJson(`/api/v1/alerts/${id}`)
}

export async function acknowledge(id: number, note?: string): Promise<void> {
  await send(`/api/v1/alerts/${id}/acknowledge`, note ? { note } : {})
}

export async function handOver(id: number, to: string, text?: string): Promise<void> {
  await send(`/api/v1/alerts/${id}/hand-over`, text ? { to, text } : { to })
}

export async function addNote(id: number, text: string): Promise<void> {
  await send(`/api/v1/alerts/${id}/notes`, { text })
}

export async function silences(): Promise<Silence[]> {
  return (await getJson<Static<typeof SilenceList>>('/api/v1/silences')).items
}

export async function createSilence(draft: SilenceDraft): Promise<void> {
  await send('/api/v1/silences', draft)
}

/** It holds no more; what it held back and is still wrong is mailed. */
export async function endSilence(id: number): Promise<void> {
  await request(`/api/v1/silences/${id}`, { method: 'DELETE' })
}

export async function rules(): Promise<RuleList['items']> {
  return (await getJson<RuleList>('/api/v1/rules')).items
}

export interface MailQuery {
  readonly state?: MailState | null
  /** Only those that told it, by its reference. */
  readonly advisory?: string | null
  readonly after?: string | null
  readonly limit?: number
}

/** Newest first. */
export function mails(query: MailQuery): Promise<MailPage> {
  const params = new URLSearchParams()
  if (query.state) params.set('state', query.state)
  if (query.advisory) params.set('advisory', query.advisory)
  if (query.after) params.set('after', query.after)
  if (query.limit !== undefined) params.set('limit', String(query.limit))
  return getJson(`/api/v1/mails?${params.toString()}`)
}

export function mail(id: number): Promise<MailDetail> {
  return getJson(`/api/v1/mails/${id}`)
}

/** How mail leaves the hub, and how it fared in ten days. */
export function mailSetup(): Promise<MailSetup> {
  return getJson('/api/v1/mail')
}
