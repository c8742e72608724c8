// Owns what happened to an incident as lines to be read: what, who, and the words that came with it.
import { listed } from '@vigie/shared/alerts/phrase'
import type { IncidentEntry } from '@vigie/shared/api/incident'
import type { Severity } from '@vigie/shared/api/rule'
import { fixed } from '../format/number.ts'
import type { Speaker } from './mail-words.ts'

export interface TimelineLine {
  readonly id: string
  readonly timeMs: number
  readonly mark: 'dot' | 'severity' | 'well' | 'ok' | 'waits' | 'bad'
  readonly title: string
  readonly detail: string | null
  /** It is still to come. */
  readonly isAhead: boolean
}

type Kind = IncidentEntry['kind']

/** Mails of one kind that follow each other this closely are one line. */
const TOGETHER_MS = 10_000
const MAX_NAMES = 2

const MARKS = {
  pending: 'dot',
  fired: 'severity',
  acknowledged: 'dot',
  'handed-over': 'dot',
  note: 'dot',
  silenced: 'waits',
  resolved: 'well',
  'mail-written': 'dot',
  'mail-delivered': 'ok',
  'mail-refused': 'bad',
  'mail-deferred': 'waits',
  'mail-withheld': 'dot',
  'reminder-due': 'waits',
} as const satisfies Record<Kind, TimelineLine['mark']>

export function timelineOf(
  entries: readonly IncidentEntry[],
  severity: Severity,
  speaker: Pick<Speaker, 't' | 'locale'>,
): TimelineLine[] {
  return gathered(entries).map((group, index) => {
    const { timeMs, kind, text } = group[0]
    const names = [...new Set(group.flatMap(({ who }) => (who === null ? [] : [who])))]
    return {
      id: `${timeMs} ${index}`,
      timeMs,
      mark: MARKS[kind],
      title: titleOf(kind, { names, severity, ...speaker }),
      detail: detailOf(kind, text, speaker),
      isAhead: kind === 'reminder-due',
    }
  })
}

type Group = [IncidentEntry, ...IncidentEntry[]]

function gathered(entries: readonly IncidentEntry[]): Group[] {
  const groups: Group[] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    const isTogether =
      last?.[0].kind === entry.kind &&
      entry.kind.startsWith('mail-') &&
      entry.timeMs - last[0].timeMs < TOGETHER_MS
    if (isTogether) last.push(entry)
    else groups.push([entry])
  }
  return groups
}

interface Told extends Pick<Speaker, 't' | 'locale'> {
  readonly names: readonly string[]
  readonly severity: Severity
}

function titleOf(kind: Kind, told: Told): string {
  const { t, names, severity } = told
  const who = whoOf(told)
  switch (kind) {
    case 'pending':
      return t('incidents:entryPending')
    case 'fired':
      return t(`incidents:entryFired_${severity}`)
    case 'acknowledged':
      return t('incidents:entryTaken', { who })
    case 'handed-over':
      return names.length === 0
        ? t('incidents:entryHandedOverPlain')
        : t('incidents:entryHandedOver', { who })
    case 'note':
      return t('incidents:entryNote', { who })
    case 'silenced':
      return t('incidents:entrySilenced', { who })
    case 'resolved':
      return t('incidents:entryResolved')
    case 'mail-written':
      return names.length === 0
        ? t('incidents:entryMailWritten')
        : t('incidents:entryMailWrittenTo', { who })
    case 'mail-delivered':
      return t('incidents:entryMailDelivered', { who })
    case 'mail-refused':
      return t('incidents:entryMailRefused', { who })
    case 'mail-deferred':
      return t('incidents:entryMailDeferred', { who })
    case 'mail-withheld':
      return t('incidents:entryMailWithheld', { who })
    case 'reminder-due':
      return t('incidents:entryReminder')
  }
}

function whoOf({ names, t, locale }: Told): string {
  if (names.length === 0) return t('incidents:somebody')
  const others = names.length - MAX_NAMES
  if (others <= 0) return listed(names, { locale, word: 'and' })
  return t('incidents:whoAndOthers', {
    count: others,
    number: fixed(others, 0, locale),
    names: names.slice(0, MAX_NAMES).join(', '),
  })
}

const WHY_WITHHELD = ['silenced', 'folded', 'removed'] as const

function isWhy(text: string): text is (typeof WHY_WITHHELD)[number] {
  return (WHY_WITHHELD as readonly string[]).includes(text)
}

// A person's words are quoted; a relay's stand as they came.
function detailOf(kind: Kind, text: string | null, { t }: Pick<Speaker, 't'>): string | null {
  if (text === null || text === '') return null
  if (kind === 'mail-withheld' && isWhy(text)) return t(`incidents:withheld_${text}`)
  const isPersons = kind === 'note' || kind === 'acknowledged' || kind === 'handed-over'
  return isPersons ? t('incidents:entryQuote', { text }) : text
}
