// Owns how a role, and the tags of the hosts that somebody sees, are kept in a column. What is damaged allows less, not more.
import type { HostTags, Role } from '@vigie/shared/api/token'

export function roleOf(written: string): Role {
  return written === 'admin' ? 'admin' : 'viewer'
}

export function hostTagsText(tags: HostTags): string | null {
  return tags && JSON.stringify(tags)
}

export function hostTagsOf(written: string | null | undefined): HostTags {
  if (written === null || written === undefined) return null
  try {
    const tags: unknown = JSON.parse(written)
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
  } catch {
    return []
  }
}
