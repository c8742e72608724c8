// Owns the request that replaces the tags of a host.
import type { HostSummary } from '@vigie/shared/api/host'
import { send } from './request.ts'

export async function tagHost(id: number, tags: readonly string[]): Promise<HostSummary> {
  return (await send(`/api/v1/hosts/${id}/tags`, { tags }, 'PUT')).json() as Promise<HostSummary>
}
