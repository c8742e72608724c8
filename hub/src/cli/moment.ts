// Owns how a moment is written on a terminal, by the clocks of its zone.
import type { Locale } from '@vigie/shared/format/locale'

export function momentOf(timeMs: number, locale: Locale): string {
  return new Date(timeMs).toLocaleString(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
  })
}
