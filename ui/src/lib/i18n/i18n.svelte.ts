// Owns the language of the page: chosen by the browser, switchable, remembered. `t` re-runs where it is used when it changes.
import { createInstance, type TFunction } from 'i18next'
import { LOCALES, preferredLocale, type Locale, type Messages } from './languages.ts'
import { remember, remembered } from '../storage.ts'

export type { Locale }

const STORED = 'vigie-locale'

const i18n = createInstance({
  fallbackLng: false,
  defaultNS: 'common',
  resources: {},
  initAsync: false,
  // Svelte escapes what it renders.
  interpolation: { escapeValue: false },
})
void i18n.init()

const speak: Partial<Record<Locale, TFunction>> = {}

class LocaleState {
  #current = $state<Locale>(initialLocale())
  /** The words are there; nothing can be said before. */
  readonly ready = load(this.#current)

  get current(): Locale {
    return this.#current
  }

  /** Switches once the words are there; rejects, and changes nothing, where they cannot be had. */
  async set(locale: Locale): Promise<void> {
    await load(locale)
    this.#current = locale
    document.documentElement.lang = locale
    remember(STORED, locale)
  }
}

/** The language in use. Read `locale.current` to format numbers and dates by it. */
export const locale = new LocaleState()

/** The words for a key, `namespace:key`, in the current language. */
export const t = ((...args: Parameters<TFunction>) =>
  speak[locale.current]?.(...args)) as unknown as TFunction<(keyof Messages)[]>

function initialLocale(): Locale {
  const stored = remembered(STORED)
  const known = LOCALES.find((each) => each === stored)
  return known ?? preferredLocale(typeof navigator === 'undefined' ? [] : navigator.languages)
}

async function load(locale: Locale): Promise<void> {
  if (speak[locale]) return
  // Named one by one: what can be loaded is what was built.
  const { messages } = await (locale === 'fr'
    ? import('./fr/messages.ts')
    : import('./en/messages.ts'))
  for (const [namespace, words] of Object.entries(messages))
    i18n.addResourceBundle(locale, namespace, words)
  speak[locale] = i18n.getFixedT(locale, Object.keys(messages) as (keyof Messages)[])
}
