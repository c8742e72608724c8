// Owns which hosts a rule or a silence means.
import type { HostScope } from '@vigie/shared/api/rule'
import type { AlertHost } from './ports.ts'

/** Without a host, as of an incident of the whole fleet, only a scope of all hosts means it. */
export function isInScope(
  scope: HostScope,
  host: Pick<AlertHost, 'id' | 'tags'> | undefined,
): boolean {
  switch (scope.type) {
    case 'all':
      return true
    case 'tags':
      return host !== undefined && scope.tags.some((tag) => host.tags.includes(tag))
    case 'hosts':
      return host !== undefined && scope.hostIds.includes(host.id)
  }
}
