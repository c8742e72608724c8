// Owns what an administrator can do with the account of somebody; what would be refused is not offered.
import type { User } from '@vigie/shared/api/user'

export type PersonDeed = 'reset' | 'end' | 'factor' | 'remove'

/** Nothing for one's own account: that has a page of its own. */
export function deedsFor(user: User, { isSelf }: { readonly isSelf: boolean }): PersonDeed[] {
  if (isSelf) return []
  return [
    'reset',
    ...(user.sessions > 0 ? (['end'] as const) : []),
    ...(user.hasSecondFactor ? (['factor'] as const) : []),
    'remove',
  ]
}
