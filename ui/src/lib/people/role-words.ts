// Owns how is said what somebody, or a token, may do, and on which hosts.
import type { HostTags, Role } from '@vigie/shared/api/token'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

export interface Rights {
  readonly role: Role
  readonly hostTags: HostTags
}

export function roleWord(role: Role, t: typeof Translate): string {
  return t(`people:${role}`)
}

/** `every host`, `hosts tagged web or db`. */
export function hostsWords({ role, hostTags }: Rights, t: typeof Translate): string {
  if (role === 'admin' || hostTags === null) return t('people:everyHost')
  if (hostTags.length === 0) return t('people:noHost')
  return t('people:hostsTagged', { tags: anyTag(hostTags, t) })
}

/** `web or db` */
export function anyTag(tags: readonly string[], t: typeof Translate): string {
  return tags.join(t('people:tagsOr'))
}
