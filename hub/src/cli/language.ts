// Owns which language a person at this terminal reads.
import { LOCALES, type Locale } from '@vigie/shared/format/locale'
import { CommandError } from './command-error.ts'

/** What `--lang` says, else what the environment does. */
export function languageOf(wanted?: string): Locale {
  if (wanted === undefined) {
    const { LC_ALL, LC_MESSAGES, LANG } = process.env
    return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('fr') ? 'fr' : 'en'
  }
  const locale = LOCALES.find((known) => known === wanted)
  if (locale) return locale
  throw new CommandError(`--lang is "${wanted}": ${LOCALES.join(' or ')}`, { exitCode: 2 })
}
