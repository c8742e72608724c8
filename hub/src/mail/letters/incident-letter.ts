// Owns the letter about one incident: that it opened, that it lasts, that it is over, or that it was.
import { capital, listed } from '@vigie/shared/alerts/phrase'
import {
  incidentOverTitle,
  incidentTitle,
  lostHosts,
  resolvedWords,
} from '@vigie/shared/alerts/incident-words'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import { ruleName } from '@vigie/shared/alerts/rule-names'
import { conditionSentence } from '@vigie/shared/alerts/rule-sentence'
import { formatDuration } from '@vigie/shared/format/duration'
import { formatValue } from '@vigie/shared/format/format-value'
import { joined } from '@vigie/shared/format/quantity'
import type { HostFacts, IncidentEvidence, IncidentFacts, Letter } from '../ports.ts'
import { plainWords, type Block, type Inline, type LetterContent, type Tone } from './content.ts'
import { chartBlocks, measureBlocks, otherBlocks } from './evidence-blocks.ts'
import {
  capBlocks,
  closing,
  detailSentence,
  finishLetter,
  lastedMsOf,
  toldOf,
  type LetterContext,
} from './letter-context.ts'
import { processBlocks } from './process-blocks.ts'

export type IncidentLetterKind = 'opened' | 'resolved' | 'reminder' | 'late'

export interface IncidentLetterParts {
  readonly kind: IncidentLetterKind
  readonly facts: IncidentFacts
  /** Null where it could not be had in time. */
  readonly evidence: IncidentEvidence | null
  /** Of the chart of `evidence`. */
  readonly pictures: { readonly light: Uint8Array; readonly dark: Uint8Array } | null
}

const PICTURES = { light: 'chart-light@vigie', dark: 'chart-dark@vigie' } as const
const HOUR_MS = 3_600_000

export function incidentLetter(parts: IncidentLetterParts, context: LetterContext): Letter {
  const { kind, facts, pictures } = parts
  const { locale, words, links, nowMs } = context
  const kicker = kickerOf(parts, context)
  const title = titleOf(parts, context)
  const lead = leadOf(parts, context)
  const content: LetterContent = {
    tone: toneOf(parts),
    kicker,
    mark: words.incident(facts.id),
    title,
    titleUrl: links.incident(facts.id),
    preheader: plainWords(lead),
    blocks: blocksOf(parts, lead, context),
    footer: footerOf(parts, context),
  }
  const openMs = Math.max(0, nowMs - facts.sinceMs)
  const lasting = kind === 'reminder' ? `, ${words.for(formatDuration(openMs, locale))}` : ''
  return finishLetter(
    kind,
    {
      // One colon is enough of them.
      subject: words.subject(kicker, `${title.replace(/\u00a0?: /, ', ')}${lasting}`),
      content,
      images: pictures === null ? [] : imagesOf(pictures),
    },
    context,
  )
}

function imagesOf({ light, dark }: { light: Uint8Array; dark: Uint8Array }) {
  return [
    { name: PICTURES.light, png: light },
    { name: PICTURES.dark, png: dark },
  ]
}

function toneOf({ kind, facts }: IncidentLetterParts): Tone {
  if (kind === 'resolved') return 'over'
  return kind === 'late' ? 'calm' : facts.severity
}

function kickerOf({ kind, facts }: IncidentLetterParts, { words }: LetterContext): string {
  if (kind === 'resolved') return words.over
  return kind === 'late' ? words.late : words.severity[facts.severity]
}

function titleOf({ kind, facts }: IncidentLetterParts, { locale }: LetterContext): string {
  const told = toldOf(facts)
  return kind === 'resolved' || kind === 'late'
    ? incidentOverTitle(told, { lastedMs: lastedMsOf(facts), locale })
    : incidentTitle(told, locale)
}

/** Since when, and the value against its limit; what makes the end of it; who has it. */
function leadOf({ kind, facts }: IncidentLetterParts, context: LetterContext): Inline[] {
  const { locale, words, times } = context
  const from = times.withUtc(facts.sinceMs)
  const detail = detailSentence(facts, locale)
  if (facts.resolvedMs !== null && kind !== 'opened') {
    const to = times.withUtc(facts.resolvedMs)
    const lasted = formatDuration(lastedMsOf(facts) ?? 0, locale)
    const span = words.from(from.local, from.utc, to.local, to.utc, lasted)
    const why = resolvedWords(facts.resolvedWhy ?? 'cleared', locale)
    const end = kind === 'late' ? words.learntLate : `${capital(why)}.`
    return [{ strong: span }, `. ${end} ${detail}`]
  }
  const at = facts.resolvedMs === null ? words.since : words.at
  const lead: Inline[] = [at, { strong: from.local }, `${from.utc}. ${detail}`]
  if (facts.kind === 'lost-sight') lead.push(` ${words.lostSight}`)
  if (facts.owner !== null) lead.push(` ${words.owner(plainLine(facts.owner))}`)
  else if (kind === 'reminder') lead.push(` ${words.nobody}`)
  return lead
}

function blocksOf(
  parts: IncidentLetterParts,
  lead: readonly Inline[],
  context: LetterContext,
): Block[] {
  const { facts, evidence, pictures } = parts
  const chart = evidence?.chart ?? null
  return [
    { type: 'words', words: lead },
    ...capBlocks(context),
    { type: 'actions', actions: actionsOf(parts, context) },
    ...lostBlocks(facts),
    ...measureBlocks(facts, context),
    ...chartBlocks(chart, pictures === null ? null : PICTURES, context),
    ...(evidence === null ? [] : processBlocks(facts, evidence.snapshots, context)),
    ...(evidence === null ? [] : otherBlocks(facts, evidence, context)),
    ...(facts.host === null ? [] : [hostBlock(facts.host, context)]),
  ]
}

function lostBlocks(facts: IncidentFacts): Block[] {
  const { names } = lostHosts(facts)
  // A few of them are in the lead.
  if (facts.kind !== 'lost-sight' || names.length <= 8) return []
  return [{ type: 'names', items: names.map((text) => ({ text, url: null })) }]
}

function actionsOf(
  { facts }: IncidentLetterParts,
  { words, links, recipient, nowMs }: LetterContext,
) {
  const { host, id, sinceMs, resolvedMs } = facts
  const toMs = Math.min(nowMs, (resolvedMs ?? nowMs) + HOUR_MS / 4)
  const open =
    host === null
      ? { label: words.openIncident, url: links.incident(id) }
      : {
          label: words.openHost(plainLine(host.name, 40)),
          url: links.host(host.id, { fromMs: sinceMs - HOUR_MS, toMs: Math.max(toMs, sinceMs) }),
        }
  if (resolvedMs !== null) return [open]
  return [
    open,
    ...(facts.owner === null ? [{ label: words.take, url: links.acknowledge(id, recipient) }] : []),
    { label: words.silence, url: links.silence(id, recipient) },
  ]
}

function hostBlock(host: HostFacts, { locale, words }: LetterContext): Block {
  const facts = [
    host.system,
    host.cores === null ? null : words.cores(host.cores),
    host.memoryBytes === null
      ? null
      : joined(formatValue(host.memoryBytes, 'By', locale, { binary: true })),
    ...host.addresses.slice(0, 3),
    words.agent(host.agentVersion),
    host.uptimeMs === null ? null : words.uptime(formatDuration(host.uptimeMs, locale)),
  ]
  const said = facts.filter((fact) => fact !== null).map((fact) => plainLine(fact, 100))
  return { type: 'words', words: [words.host(said.join(', '))], isFact: true }
}

/** Why this came and when the next comes. */
function footerOf({ facts }: IncidentLetterParts, context: LetterContext): Inline[] {
  const { locale, words, times, nowMs } = context
  const host = facts.host === null ? null : plainLine(facts.host.name, 60)
  const scope = host ?? listed(lostHosts(facts).names, { locale, word: 'or' })
  const why =
    facts.kind === 'lost-sight'
      ? ''
      : words.why(
          ruleName(facts.rule, locale),
          conditionSentence(facts.rule.condition, scope, locale),
        )
  const remindMs = facts.state === 'firing' ? facts.remindEveryMs : null
  const next =
    remindMs === null ? words.nextWhenOver : words.nextReminder(times.short(nowMs + remindMs))
  return [why, facts.resolvedMs === null ? next : words.nextNone, ...closing(context)]
}
