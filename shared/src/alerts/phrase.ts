// Owns the small grammar that sentences about alerts need: lists, spans in full words, French elision.
import { formatDuration } from '../format/duration.ts'
import type { Locale } from '../format/locale.ts'

interface ListOptions {
  readonly locale: Locale
  readonly word: 'and' | 'or'
  readonly most?: number
  /** How many there are, where only some are at hand. */
  readonly count?: number
}

/** "a, b or c": at most `most`, the last of which counts the others. */
export function listed(items: readonly string[], options: ListOptions): string {
  const { locale, word, most = 4, count = items.length } = options
  const shown = count > most ? items.slice(0, most - 1) : items
  const rest = count - shown.length
  const all = rest === 0 ? shown : [...shown, others(rest, locale)]
  const link = { en: word, fr: word === 'and' ? 'et' : 'ou' }[locale]
  const last = all.at(-1) ?? ''
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} ${link} ${last}`
}

export function others(count: number, locale: Locale): string {
  if (locale === 'fr') return count === 1 ? '1 autre' : `${count} autres`
  return count === 1 ? '1 other' : `${count} others`
}

const SPANS = [
  [86_400_000, ['day', 'days'], ['jour', 'jours']],
  [3_600_000, ['hour', 'hours'], ['heure', 'heures']],
  [60_000, ['minute', 'minutes'], ['minute', 'minutes']],
  [1000, ['second', 'seconds'], ['seconde', 'secondes']],
] as const

/** A span as a sentence has it: "5 minutes", "24 hours"; "1 h 30 min" where it is not whole. */
export function spanInWords(spanMs: number, locale: Locale): string {
  const step = SPANS.find(([sizeMs]) => spanMs >= sizeMs && spanMs % sizeMs === 0)
  // People say 24 and 48 hours, and 3 days.
  const [sizeMs, en, fr] =
    step?.[0] === 86_400_000 && spanMs <= 2 * step[0] ? SPANS[1] : (step ?? [])
  if (sizeMs === undefined) return formatDuration(spanMs, locale)
  const count = spanMs / sizeMs
  const [one, many] = locale === 'fr' ? fr : en
  return `${count}\u00a0${count === 1 ? one : many}`
}

/** "de web-1", "d’archive-1" */
export function de(name: string): string {
  return /^[aeiouyàâéèêëîïôù]/i.test(name) ? `d’${name}` : `de ${name}`
}

/** The first letter small, unless it begins a name such as CPU. */
export function lowered(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

/** As a sentence, or a line of a table, begins. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
