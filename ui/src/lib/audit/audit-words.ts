// Owns how the audit log is said to people: what was done, why it was refused, and by whom.
import type { AuditEntry } from '@vigie/shared/api/audit'
import { audit as words } from '../i18n/en/audit.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

type Word = keyof typeof words
type AreaWord = Extract<Word, `area_${string}`>
type DidWord = Extract<Word, `did_${string}`>
type WhyWord = Extract<Word, `why_${string}`>

/** What the log can be filtered by, as the hub takes it: the first part of the actions' names. */
export const AREAS = (Object.keys(words) as Word[])
  .filter((word): word is AreaWord => word.startsWith('area_'))
  .map((word) => ({ value: word.slice('area_'.length), word }))

/** What was done; the hub's own name for it where it is a new one. */
export function didWords(action: string, t: typeof Translate): string {
  const word = `did_${action.replaceAll('.', '-')}`
  return isWord(word) ? t(`audit:${word as DidWord}`) : action
}

/** What it was made, or why it was refused; empty when there is nothing to say. */
export function detailWords({ detail, outcome }: AuditEntry, t: typeof Translate): string {
  if (detail === null) return ''
  const word = `why_${detail}`
  return outcome !== 'done' && isWord(word) ? t(`audit:${word as WhyWord}`) : detail
}

/** By whom, with what kind of actor that is where it is not a person. */
export function actorWords(
  { actorKind, actorName, actorId }: AuditEntry,
  t: typeof Translate,
): { readonly name: string; readonly kind: string } {
  const name = actorName ?? actorId
  const kind = t(`audit:kind_${actorKind}`)
  if (name === null) return { name: kind, kind: '' }
  return { name, kind: actorKind === 'person' ? '' : kind }
}

function isWord(word: string): word is Word {
  return Object.hasOwn(words, word)
}
