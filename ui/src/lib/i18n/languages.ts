// Owns which languages the page speaks and what each of them says. English is the reference: its keys are the types.
import { account as enAccount } from './en/account.ts'
import { audit as enAudit } from './en/audit.ts'
import { cert as enCert } from './en/cert.ts'
import { common as enCommon } from './en/common.ts'
import { compare as enCompare } from './en/compare.ts'
import { fleet as enFleet } from './en/fleet.ts'
import { host as enHost } from './en/host.ts'
import { hub as enHub } from './en/hub.ts'
import { incidents as enIncidents } from './en/incidents.ts'
import { mail as enMail } from './en/mail.ts'
import { people as enPeople } from './en/people.ts'
import { rules as enRules } from './en/rules.ts'
import { session as enSession } from './en/session.ts'
import { silences as enSilences } from './en/silences.ts'
import { statusPages as enStatusPages } from './en/status-pages.ts'
import { tokens as enTokens } from './en/tokens.ts'
import { account as frAccount } from './fr/account.ts'
import { audit as frAudit } from './fr/audit.ts'
import { cert as frCert } from './fr/cert.ts'
import { common as frCommon } from './fr/common.ts'
import { compare as frCompare } from './fr/compare.ts'
import { fleet as frFleet } from './fr/fleet.ts'
import { host as frHost } from './fr/host.ts'
import { hub as frHub } from './fr/hub.ts'
import { incidents as frIncidents } from './fr/incidents.ts'
import { mail as frMail } from './fr/mail.ts'
import { people as frPeople } from './fr/people.ts'
import { rules as frRules } from './fr/rules.ts'
import { session as frSession } from './fr/session.ts'
import { silences as frSilences } from './fr/silences.ts'
import { statusPages as frStatusPages } from './fr/status-pages.ts'
import { tokens as frTokens } from './fr/tokens.ts'

export const LOCALES = ['en', 'fr'] as const
export type Locale = (typeof LOCALES)[number]

const en = {
  account: enAccount,
  audit: enAudit,
  cert: enCert,
  common: enCommon,
  compare: enCompare,
  fleet: enFleet,
  host: enHost,
  hub: enHub,
  incidents: enIncidents,
  mail: enMail,
  people: enPeople,
  rules: enRules,
  session: enSession,
  silences: enSilences,
  statusPages: enStatusPages,
  tokens: enTokens,
}
export type Messages = typeof en

export const MESSAGES = {
  en,
  fr: {
    account: frAccount,
    audit: frAudit,
    cert: frCert,
    common: frCommon,
    compare: frCompare,
    fleet: frFleet,
    host: frHost,
    hub: frHub,
    incidents: frIncidents,
    mail: frMail,
    people: frPeople,
    rules: frRules,
    session: frSession,
    silences: frSilences,
    statusPages: frStatusPages,
    tokens: frTokens,
  },
} as const

/** The language for a browser's preferences, in its order; English when it asks for none that we speak. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const base = language.toLowerCase().split('-')[0]
    const known = LOCALES.find((locale) => locale === base)
    if (known) return known
  }
  return 'en'
}

/** Each language by its own name. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', fr: 'Français' }
