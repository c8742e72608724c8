// Owns what is written on keys.
import type { Locale } from '../i18n/languages.ts'

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  '-': '−',
}

const WORDS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: { Escape: 'Esc', PageUp: 'PgUp', PageDown: 'PgDn' },
  fr: {
    Escape: 'Échap',
    Enter: 'Entrée',
    Backspace: 'Retour arr.',
    PageUp: 'Pg préc.',
    PageDown: 'Pg suiv.',
    End: 'Fin',
    Shift: 'Maj',
  },
}

/** The caps of one key name: `Ctrl k` is two. */
export function capsOf(name: string, locale: Locale): string[] {
  const parts = name.split(' ')
  const isHeld = parts.length > 1 && (parts[0]?.length ?? 0) > 1
  return parts.map((part) => {
    // A letter that is pressed with another key is written as it stands on the keyboard.
    if (isHeld && part.length === 1) return part.toUpperCase()
    return SIGNS[part] ?? WORDS[locale][part] ?? part
  })
}
