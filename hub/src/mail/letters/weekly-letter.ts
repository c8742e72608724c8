// Owns the letter of the week, by which people know that the hub runs and that its mail arrives.
import { incidentOverTitle, incidentTitle } from '@vigie/shared/alerts/incident-words'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import { formatValue } from '@vigie/shared/format/format-value'
import { fixed } from '@vigie/shared/format/number'
import { joined } from '@vigie/shared/format/quantity'
import type { IncidentFacts, Letter, WeekFacts } from '../ports.ts'
import { plainWords, type Block, type Inline } from './content.ts'
import { GROUP_WORDS } from './group-words.ts'
import { closing, finishLetter, lastedMsOf, toldOf, type LetterContext } from './letter-context.ts'

const MAX_INCIDENTS = 30
const MAX_NAMES = 60

export function weeklyLetter(
  facts: WeekFacts,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  context: LetterContext,
): Letter {
  const { locale, links, times } = context
  const words = GROUP_WORDS[locale]
  const crises = facts.incidents.filter(({ severity }) => severity === 'crisis').length
  const down = facts.hostsDown.length
  const isWell = crises === 0 && down === 0 && facts.mails.failed === 0
  const mailWorks = facts.mails.failed === 0
  const title = words.weekTitle({ hosts: facts.hostCount, crises, down, mailWorks })
  const kicker = isWell ? words.allIsWell : words.week
  const lead: Inline[] = [`${words.weekLead(times.day(fromMs), times.day(toMs))} ${words.weekMail}`]
  const content = {
    tone: isWell ? 'over' : 'calm',
    kicker,
    mark: 'Vigie',
    title,
    titleUrl: links.incidents(),
    preheader: plainWords(lead),
    blocks: [
      { type: 'words', words: lead },
      ...downBlocks(facts, context),
      ...incidentBlocks(facts.incidents, context),
      ...outdatedBlocks(facts, context),
      { type: 'words', words: [hubLine(facts, context)], isFact: true },
    ] satisfies Block[],
    footer: closing(context),
  } as const
  return finishLetter('weekly', { subject: context.words.subject(kicker, title), content }, context)
}

function incidentBlocks(incidents: readonly IncidentFacts[], context: LetterContext): Block[] {
  const { locale, links, times } = context
  const words = GROUP_WORDS[locale]
  const crises = incidents.filter(({ severity }) => severity === 'crisis')
  const warnings = incidents.filter(({ severity }) => severity === 'warning')
  const note = `${words.crises(crises.length)}, ${words.warnings(warnings.length)}`
  const heading: Block = { type: 'heading', text: words.incidents, note }
  if (incidents.length === 0) return [heading, { type: 'words', words: [words.noIncidents] }]
  const shown = [...crises, ...warnings].slice(0, MAX_INCIDENTS)
  const rest = incidents.length - shown.length
  const items = shown.map((incident) => {
    const title =
      incident.resolvedMs === null
        ? incidentTitle(toldOf(incident), locale)
        : incidentOverTitle(toldOf(incident), { lastedMs: lastedMsOf(incident), locale })
    const severity = context.words.severity[incident.severity]
    return {
      text: title,
      url: links.incident(incident.id),
      note: `${severity}, ${times.at(incident.sinceMs)}`,
    }
  })
  const more: Block[] = rest > 0 ? [{ type: 'words', words: [words.andMore(rest)] }] : []
  return [heading, { type: 'list', items }, ...more]
}

function downBlocks({ hostsDown }: WeekFacts, context: LetterContext): Block[] {
  if (hostsDown.length === 0) return []
  const items = hostsDown.slice(0, MAX_NAMES).map(({ name, sinceMs }) => {
    const since =
      sinceMs === null ? '' : ` (${context.words.since.toLowerCase()}${context.times.at(sinceMs)})`
    return { text: `${plainLine(name, 60)}${since}`, url: null }
  })
  const note = fixed(hostsDown.length, 0, context.locale)
  return [
    { type: 'heading', text: GROUP_WORDS[context.locale].downNow, note },
    { type: 'names', items },
  ]
}

function outdatedBlocks({ outdatedAgents }: WeekFacts, { locale }: LetterContext): Block[] {
  if (outdatedAgents.length === 0) return []
  const words = GROUP_WORDS[locale]
  const items = outdatedAgents
    .slice(0, MAX_NAMES)
    .map((name) => ({ text: plainLine(name, 60), url: null }))
  const rest = outdatedAgents.length - items.length
  return [
    { type: 'heading', text: words.outdated, note: fixed(outdatedAgents.length, 0, locale) },
    {
      type: 'names',
      items: rest > 0 ? [...items, { text: words.andMore(rest), url: null }] : items,
    },
  ]
}

function hubLine({ mails, database }: WeekFacts, { locale }: LetterContext): string {
  const count = (value: number): string => fixed(value, 0, locale)
  const size = (bytes: number): string => joined(formatValue(bytes, 'By', locale))
  return GROUP_WORDS[locale].hubLines({
    delivered: count(mails.delivered),
    failed: count(mails.failed),
    waiting: count(mails.waiting),
    size: size(database.sizeBytes),
    free: size(database.diskFreeBytes),
  })
}
