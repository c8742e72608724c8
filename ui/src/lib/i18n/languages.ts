// Owns which languages the page speaks. English is the reference: its keys are the types.
import type { messages } from './en/messages.ts'

export const LOCALES = ['en', 'fr'] as const
export type Locale = (typeof LOCALES)[number]

/** All that the page says, by namespace and key. */
export type Messages = typeof messages

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
