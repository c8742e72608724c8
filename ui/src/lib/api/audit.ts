// Owns the requests about what administrators read only: the audit log, and the settings in force.
import type { AuditPage } from '@vigie/shared/api/audit'
import type { SettingInForce, SettingList } from '@vigie/shared/api/setting'
import { getJson } from './request.ts'

export interface AuditQuery {
  /** An id or a name, whole; '' for everybody. */
  readonly who: string
  /** One action, or the first part of several; '' for all. */
  readonly action: string
  /** Where the page before ended; null for the newest. */
  readonly after: string | null
}

const PAGE_SIZE = 50

export function auditPage({ who, action, after }: AuditQuery): Promise<AuditPage> {
  const params = new URLSearchParams({ limit: String(PAGE_SIZE) })
  if (who !== '') params.set('who', who)
  if (action !== '') params.set('action', action)
  if (after !== null) params.set('after', after)
  return getJson(`/api/v1/audit?${params.toString()}`)
}

export async function settingsInForce(): Promise<SettingInForce[]> {
  return (await getJson<SettingList>('/api/v1/settings')).items
}
