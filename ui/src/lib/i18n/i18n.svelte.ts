// Owns the language of the page: chosen by the browser, switchable, remembered. `t` re-runs where it is used when it changes.
import { createInstance, type TFunction } from 'i18next'
import { LOCALES, MESSAGES, preferredLocale, type Locale, type Messages } from './languages.ts'
import { remember, remembered } from '../storage.ts'

export type { Locale }

const NAMESPACES = Object.keys(MESSAGES.en) as (keyof Messages)[]
const STORED = 'vigie-locale'

const i18n = createInstance({
  lng: 'en',
  fallbackLng: 'en',
  ns: NAMESPACES,
  defaultNS: 'common',
  resources: MESSAGES,
  initAsync: false,
  // Svelte escapes what it renders.
  interpolation: { escapeValue: false },
})
void i18n.init()

const speak = {
  en: i18n.getFixedT('en', NAMESPACES),
  fr: i18n.getFixedT('fr', NAMESPACES),
}

class LocaleState {
  #current = $state<Locale>(initialLocale())

  get current(): Locale {
    return this.#current
  }

  set(locale: Locale): void {
    this.#current = locale
    document.documentElement.lang = locale
    remember(STORED, locale)
  }
}

/** The language in use. Read `locale.current` to format numbers and dates by it. */
export const locale = new LocaleState()

/** The words for a key, `namespace:key`, in the current language. */
export const t = ((...args: Parameters<TFunction>) =>
  speak[locale.current](...args)) as unknown as TFunction<(keyof Messages)[]>

function initialLocale(): Locale {
  const stored = remembered(STORED)
  const known = LOCALES.find((each) => each === stored)
  return known ?? preferredLocale(typeof navigator === 'undefined' ? [] : navigator.languages)
}
