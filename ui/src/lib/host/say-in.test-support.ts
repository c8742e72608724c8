// Owns the words of the host page for tests: an unknown key fails, so that no page shows a key instead of a word.
import { createInstance } from 'i18next'
import type { Locale } from '../i18n/languages.ts'
import { MESSAGES } from '../i18n/messages.test-support.ts'
import type { Say } from './plan/host-plan.ts'

export function sayIn(locale: Locale): Say {
  const words = createInstance()
  void words.init({
    lng: locale,
    ns: ['host'],
    defaultNS: 'host',
    resources: { [locale]: { host: MESSAGES[locale].host } },
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  return (key, values) => {
    if (!words.exists(key, values)) throw new Error(`no word for ${key} in ${locale}`)
    return words.t(`host:${key}` as 'host:title', values as { name: string })
  }
}
