// Owns the settings of mail: relays, who is mailed, in which words and when, and the other ways to be told.
import { hostname } from 'node:os'
import { LOCALES, type Locale } from '@vigie/shared/format/locale'
import { isZone } from '@vigie/shared/format/zone'
import { MailAddress } from '@vigie/shared/api/mail-address'
import { Value } from 'typebox/value'
import { file, isCron, isUrlOf, listOf, setting, webAddress } from './setting.ts'

export interface MailSettings {
  readonly smtpUrl: URL | undefined
  readonly smtpFallbackUrl: URL | undefined
  readonly smtpTls: SmtpTls | undefined
  readonly smtpCaFile: string | undefined
  readonly mailFrom: string
  readonly mailTo: readonly string[]
  readonly mailLanguage: Locale
  /** IANA name. */
  readonly mailZone: string
  readonly maxMailsPerHour: number
  /** Five cron fields, by the clocks of `mailZone`. */
  readonly weeklyCron: string
  readonly webhookUrl: URL | undefined
  readonly webhookSecret: string | undefined
  readonly heartbeatUrl: URL | undefined
}

/**
 * Of `smtp://`: `required` sends nothing before STARTTLS, `opportunistic` uses it where it is offered. Undefined is
 * `required`, and no TLS on loopback.
 */
export type SmtpTls = 'required' | 'opportunistic'

const relay = setting('smtp[s]://user:password@host:port, with % codes in a password', isRelay)

export const MAIL_CONFIG = {
  smtpUrl: relay,
  smtpFallbackUrl: relay,
  smtpTls: setting('required, opportunistic', (written) =>
    ['required', 'opportunistic'].includes(written),
  ),
  smtpCa: file,
  mailFrom: setting('an e-mail address', isAddress),
  mailTo: setting('e-mail addresses, separated by commas', (written) =>
    listOf(written).every(isAddress),
  ),
  mailLanguage: setting(LOCALES.join(', '), (written) => localeOf(written) !== undefined),
  mailZone: setting('an IANA time zone, such as Europe/Paris', isZone),
  mailPerHour: setting('a number from 1 to 1000', (written) =>
    /^([1-9]\d{0,2}|1000)$/.test(written),
  ),
  mailWeekly: setting('five cron fields, such as 0 8 * * 1', isCron),
  webhookUrl: webAddress,
  webhookSecret: setting(
    'whsec_ and base64, or any text of 16 characters or more',
    (written) => written.length >= 16 && !/[\r\n]/.test(written),
  ),
  heartbeatUrl: webAddress,
}

/** From what passed {@link MAIL_CONFIG}. */
export function readMailSettings(
  written: { readonly [K in keyof typeof MAIL_CONFIG]?: string },
  environment: NodeJS.ProcessEnv,
): MailSettings {
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  const spoken = (LC_ALL || LC_MESSAGES || LANG || '').slice(0, 2)
  return {
    smtpUrl: urlOf(written.smtpUrl),
    smtpFallbackUrl: urlOf(written.smtpFallbackUrl),
    smtpTls: written.smtpTls as SmtpTls | undefined,
    smtpCaFile: written.smtpCa,
    mailFrom: written.mailFrom ?? `vigie@${hostname()}`,
    mailTo: listOf(written.mailTo ?? ''),
    mailLanguage: localeOf(written.mailLanguage ?? spoken) ?? 'en',
    mailZone: written.mailZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    maxMailsPerHour: Number(written.mailPerHour ?? 20),
    weeklyCron: written.mailWeekly ?? '0 8 * * 1',
    webhookUrl: urlOf(written.webhookUrl),
    webhookSecret: written.webhookSecret,
    heartbeatUrl: urlOf(written.heartbeatUrl),
  }
}

function urlOf(written: string | undefined): URL | undefined {
  return written === undefined ? undefined : new URL(written)
}

function isRelay(written: string): boolean {
  if (!isUrlOf(written, ['smtp:', 'smtps:'])) return false
  const { username, password, pathname, search, hash } = new URL(written)
  // What stands behind the port would be ignored, and somebody meant something by it.
  if (!['', '/'].includes(pathname) || search + hash !== '') return false
  return (username === '') === (password === '')
}

function isAddress(written: string): boolean {
  return Value.Check(MailAddress, written)
}

function localeOf(written: string): Locale | undefined {
  return LOCALES.find((known) => known === written)
}
