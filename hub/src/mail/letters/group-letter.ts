// Owns the letter about several incidents: a storm, what a cap held back, what happened while the hub was away.
import { incidentOverTitle, incidentTitle } from '@vigie/shared/alerts/incident-words'
import { capital } from '@vigie/shared/alerts/phrase'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import { ruleName } from '@vigie/shared/alerts/rule-names'
import { seriesWords } from '@vigie/shared/alerts/series-words'
import type { Severity } from '@vigie/shared/api/rule'
import { fixed } from '@vigie/shared/format/number'
import type { IncidentFacts, Letter } from '../ports.ts'
import { plainWords, type Block, type Inline, type Tone } from './content.ts'
import { GROUP_WORDS, type Standing } from './group-words.ts'
import {
  capBlocks,
  closing,
  detailSentence,
  finishLetter,
  lastedMsOf,
  toldOf,
  type LetterContext,
} from './letter-context.ts'

export type GroupLetterKind = 'group' | 'summary' | 'late'

/** An incident, and how the mail finds it: over where its end is told, whatever else is. */
export interface GroupItem {
  readonly facts: IncidentFacts
  readonly standing: Standing
}

/** Up to so many have a line each; more are named in running text. */
const LISTED = 24
/** Names up to so many lead to their incident; the size of a mail is what bounds them. */
const LINKED = 400
const TITLE_LENGTH = 100

export function groupLetter(
  kind: GroupLetterKind,
  items: readonly GroupItem[],
  context: LetterContext,
): Letter {
  const { locale, words, links } = context
  const severity = severityOf(items)
  const kicker = kickerOf(kind, severity, context)
  const title = titleOf(kind, items, context)
  const lead = leadOf(kind, items, context)
  const content = {
    tone: toneOf(kind, severity),
    kicker,
    mark: GROUP_WORDS[locale].several,
    title,
    titleUrl: links.incidents(),
    preheader: plainWords(lead),
    blocks: [
      { type: 'words', words: lead },
      ...capBlocks(context),
      { type: 'actions', actions: [{ label: words.openIncidents, url: links.incidents() }] },
      ...sectionBlocks(items, context),
    ] satisfies Block[],
    footer: closing(context),
  }
  return finishLetter(kind, { subject: words.subject(kicker, title), content }, context)
}

/** Of what is not over; null when all of it is. */
function severityOf(items: readonly GroupItem[]): Severity | null {
  const open = items.filter(({ standing }) => standing !== 'over')
  if (open.length === 0) return null
  return open.some(({ facts }) => facts.severity === 'crisis') ? 'crisis' : 'warning'
}

function toneOf(kind: GroupLetterKind, severity: Severity | null): Tone {
  return kind === 'late' ? 'calm' : (severity ?? 'over')
}

function kickerOf(kind: GroupLetterKind, severity: Severity | null, { words }: LetterContext) {
  if (kind === 'late') return words.late
  if (kind === 'summary') return words.summary
  return severity === null ? words.over : words.severity[severity]
}

function titleOf(kind: GroupLetterKind, items: readonly GroupItem[], context: LetterContext) {
  const { locale } = context
  const words = GROUP_WORDS[locale]
  const [first] = items
  const isAlike = items.every(({ standing }) => standing === first?.standing)
  if (kind === 'group' && isAlike) {
    const titles = items
      .slice(0, 4)
      .map((item) => itemTitle(item, context))
      .join(', ')
    if (items.length <= 3 && titles.length <= TITLE_LENGTH) return titles
    const isDown = items.every(({ facts }) => facts.rule.condition.type === 'down' && facts.host)
    if (isDown && first?.standing !== 'over') return words.hostsDown(hostCount(items))
    if (isDown) return words.hostsBack(hostCount(items))
  }
  const rules = [...grouped(items, ({ facts }) => ruleName(facts.rule, locale))]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([name, some]) => `${name} (${fixed(some.length, 0, locale)})`)
  const colon = locale === 'fr' ? '\u00a0: ' : ': '
  return `${words.incidentsOnHosts(items.length, hostCount(items))}${colon}${rules.join(', ')}`
}

function itemTitle({ facts, standing }: GroupItem, { locale }: LetterContext): string {
  return standing === 'over'
    ? incidentOverTitle(toldOf(facts), { lastedMs: lastedMsOf(facts), locale })
    : incidentTitle(toldOf(facts), locale)
}

function leadOf(
  kind: GroupLetterKind,
  items: readonly GroupItem[],
  context: LetterContext,
): Inline[] {
  const { locale, times } = context
  const words = GROUP_WORDS[locale]
  const counts = [...grouped(items, ({ standing }) => standing)].map(
    ([standing, some]) =>
      `${fixed(some.length, 0, locale)} ${words.standing(standing, some.length)}`,
  )
  const sinceMs = items.map(({ facts }) => facts.sinceMs)
  const endsMs = items.map(({ facts }) => facts.resolvedMs ?? facts.firedMs ?? facts.sinceMs)
  const span = times.span(least(sinceMs), greatest(endsMs))
  const why = kind === 'group' ? '' : ` ${words[kind]}`
  return [{ strong: `${capital(counts.join(', '))}.` }, ` ${words.between(span)}${why}`]
}

function sectionBlocks(items: readonly GroupItem[], context: LetterContext): Block[] {
  const { locale } = context
  const words = GROUP_WORDS[locale]
  const sections = [
    ...grouped(items, ({ facts, standing }) => `${standing} ${facts.kind} ${facts.rule.id}`),
  ].map(([, some]) => some)
  const isListed = items.length <= LISTED
  return sections.sort(bySeverity).flatMap((some): Block[] => {
    const [first] = some
    if (!first) return []
    const { facts, standing } = first
    const name =
      facts.kind === 'lost-sight' ? itemTitle(first, context) : ruleName(facts.rule, locale)
    const count = fixed(some.length, 0, locale)
    const note = `${context.words.severity[facts.severity].toLowerCase()}, ${count} ${words.standing(standing, some.length)}`
    const ordered = inOrder(some, locale)
    return [
      { type: 'heading', text: name, note },
      isListed ? listOf(ordered, context) : namesOf(ordered, items.length <= LINKED, context),
    ]
  })
}

function listOf(items: readonly GroupItem[], context: LetterContext): Block {
  const { locale, words, times, links } = context
  return {
    type: 'list',
    items: items.map((item) => ({
      text: itemTitle(item, context),
      url: links.incident(item.facts.id),
      note: `${words.since}${times.at(item.facts.sinceMs)}. ${detailSentence(item.facts, locale)}`,
    })),
  }
}

function namesOf(
  items: readonly GroupItem[],
  isLinked: boolean,
  { locale, links }: LetterContext,
): Block {
  return {
    type: 'names',
    items: items.map(({ facts }) => ({
      text: [plainLine(hostOf(facts), 60), seriesWords(facts.series, locale)]
        .filter(Boolean)
        .join('\u00a0'),
      url: isLinked ? links.incident(facts.id) : null,
    })),
  }
}

/** Crises first; what is over last. */
function bySeverity([one]: readonly GroupItem[], [other]: readonly GroupItem[]): number {
  const rank = (item: GroupItem | undefined): number =>
    ['began', 'still', 'over'].indexOf(item?.standing ?? 'over') * 2 +
    (item?.facts.severity === 'crisis' ? 0 : 1)
  return rank(one) - rank(other)
}

function inOrder(items: readonly GroupItem[], locale: string): GroupItem[] {
  // web-2 stands before web-10.
  const { compare } = new Intl.Collator(locale, { numeric: true })
  return [...items].sort((one, other) => compare(hostOf(one.facts), hostOf(other.facts)))
}

function hostOf({ host }: IncidentFacts): string {
  return host?.name ?? '–'
}

function hostCount(items: readonly GroupItem[]): number {
  return new Set(items.map(({ facts }) => facts.host?.id)).size
}

function grouped<K, V>(items: readonly V[], keyOf: (item: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

const least = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Infinity)
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0)
