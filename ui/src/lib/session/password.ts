// Owns what the page says of a password before the hub judges it.
import type { t as Translate } from '../i18n/i18n.svelte.ts'

/** The hub takes no shorter password. */
export const MIN_PASSWORD_LENGTH = 12

/** What a new password has to be, how far it is from that, or that it is long enough. */
export function passwordHint(password: string, t: typeof Translate): string {
  if (password === '') return t('session:passwordHint')
  const missing = Math.max(0, MIN_PASSWORD_LENGTH - password.length)
  return missing > 0 ? t('session:passwordShort', { count: missing }) : t('session:passwordGood')
}
