// Owns what a letter is written with, whatever it tells: for whom, when, in which words, and where its links lead.
import type { Locale } from '@vigie/shared/format/locale'
import { incidentDetail, type IncidentTold } from '@vigie/shared/alerts/incident-words'
import { capital } from '@vigie/shared/alerts/phrase'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { MailKind } from '@vigie/shared/api/mail'
import type { IncidentFacts, Letter, MailImage, MailLinks } from '../ports.ts'
import type { Block, Inline, LetterContent } from './content.ts'
import { renderHtml } from './html-page.ts'
import { createLetterTimes, type LetterTimes } from './letter-times.ts'
import { LETTER_WORDS, type LetterWords } from './letter-words.ts'
import { renderText } from './plain-text.ts'

export interface LetterOptions {
  readonly recipient: string
  readonly locale: Locale
  /** IANA name. */
  readonly zone: string
  readonly nowMs: number
  readonly links: MailLinks
  /** Set in the last mail that the recipient gets for now (docs/alerts.md, C4). */
  readonly cap: { readonly perHour: number; readonly untilMs: number } | null
  /** Hosts that cannot be compared whole with advisories. */
  readonly uncompared?: number
  /** Says in subject and letter that nothing of it happened. */
  readonly isTest?: boolean
}

export interface LetterContext extends LetterOptions {
  readonly words: LetterWords
  readonly times: LetterTimes
}

export function letterContext(options: LetterOptions): LetterContext {
  return {
    ...options,
    words: LETTER_WORDS[options.locale],
    times: createLetterTimes(options),
  }
}

/** A subject is one line that lists show whole. */
const SUBJECT_LENGTH = 116

export function finishLetter(
  kind: MailKind,
  written: { subject: string; content: LetterContent; images?: readonly MailImage[] },
  { locale, words, isTest = false }: LetterContext,
): Letter {
  const notes: Block[] = isTest ? [{ type: 'words', words: [{ strong: words.isTest }] }] : []
  const content = { ...written.content, blocks: [...notes, ...written.content.blocks] }
  const subject = isTest ? words.subject(words.test, written.subject) : written.subject
  return {
    kind,
    subject: plainLine(subject, SUBJECT_LENGTH),
    text: renderText(content, locale),
    html: renderHtml(content, locale),
    images: written.images ?? [],
  }
}

/** How every letter ends: to whom, where that is changed, and when it was written. */
export function closing({ words, times, recipient, links, nowMs }: LetterContext): Inline[] {
  return [
    words.mailedTo(plainLine(recipient, 254)),
    { link: words.changeMail, url: links.settings() },
    words.written(times.at(nowMs)),
  ]
}

export function capBlocks({ cap, words, times }: LetterContext): Block[] {
  if (cap === null) return []
  return [
    { type: 'words', words: [{ strong: words.capped(cap.perHour, times.short(cap.untilMs)) }] },
  ]
}

export function toldOf(facts: IncidentFacts): IncidentTold {
  return { ...facts, hostName: facts.host?.name ?? null }
}

/** The value against its limit as a sentence. */
export function detailSentence(facts: IncidentFacts, locale: Locale): string {
  const detail = incidentDetail(toldOf(facts), locale)
  // A list of hosts: their names are as they are.
  return `${facts.kind === 'lost-sight' ? detail : capital(detail)}.`
}

/** How long it lasted, once it is over. */
export function lastedMsOf({ sinceMs, resolvedMs }: IncidentFacts): number | null {
  return resolvedMs === null ? null : Math.max(0, resolvedMs - sinceMs)
}
