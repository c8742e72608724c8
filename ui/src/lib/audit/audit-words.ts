// Owns how the audit log is said to people: what was done, why it was refused, and by whom.
import type { AuditEntry } from '@vigie/shared/api/audit'
import { audit as words } from '../i18n/en/audit.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'
import { readDetail, type DetailSpeaker } from './audit-detail.ts'

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
export function detailWords(
  { action, detail, target, outcome }: AuditEntry,
  speaker: DetailSpeaker,
): string {
  if (detail === null) return ''
  const word = `why_${detail}`
  const isCode = outcome !== 'done' || action === 'host.join'
  if (isCode) return isWord(word) ? speaker.t(`audit:${word as WhyWord}`) : detail
  // An invite names its address as what it is about, and again as what was written.
  const repeated = `email: ${target ?? ''}, `
  return readDetail(detail.startsWith(repeated) ? detail.slice(repeated.length) : detail, speaker)
}

/** On what: a host by its name where it is still one of the fleet. */
export function targetWords(
  { action, target }: AuditEntry,
  hostName: (id: number) => string | undefined,
): string {
  if (target === null) return ''
  const isHost = action.startsWith('host.') && /^\d+$/.test(target)
  return (isHost ? hostName(Number(target)) : undefined) ?? target
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
