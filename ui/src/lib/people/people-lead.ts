// Owns what the page of people says first, and who is the last administrator.
import type { User } from '@vigie/shared/api/user'
import { fixed } from '../format/number.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

export function administratorsOf(users: readonly User[]): User[] {
  return users.filter(({ role }) => role === 'admin')
}

export function isLastAdministrator(user: User, users: readonly User[]): boolean {
  return user.role === 'admin' && administratorsOf(users).length === 1
}

export function peopleLead(
  users: readonly User[],
  { t, locale }: { readonly t: typeof Translate; readonly locale: Locale },
): { readonly lead: string; readonly sub?: string } {
  const admins = administratorsOf(users).length
  const sub = admins === 1 ? { sub: t('people:aloneHint') } : {}
  if (users.length === 1) return { lead: t('people:leadAlone'), ...sub }
  return {
    lead: t('people:lead', {
      count: users.length,
      number: fixed(users.length, 0, locale),
      admins: t('people:admins', { count: admins, number: fixed(admins, 0, locale) }),
    }),
    ...sub,
  }
}
