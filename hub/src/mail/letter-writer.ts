// Owns the writing of one letter: looks up what it tells, for whom and with which pictures, and never waits for decoration.
import { setTimeout as waitFor } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { MailKind } from '@vigie/shared/api/mail'
import type { Locale } from '@vigie/shared/format/locale'
import { groupLetter, type GroupItem } from './letters/group-letter.ts'
import { incidentLetter } from './letters/incident-letter.ts'
import { letterContext, type LetterContext, type LetterOptions } from './letters/letter-context.ts'
import { plainLetter } from './letters/plain-letter.ts'
import { webhookLetter } from './letters/webhook-letter.ts'
import type {
  ChartPainter,
  IncidentChart,
  IncidentFacts,
  IncidentReader,
  Letter,
  MailLinks,
  RecipientReader,
  WaitingNotice,
} from './ports.ts'

export const WEBHOOK = 'webhook'

export interface LetterWriterParts {
  readonly incidents: IncidentReader
  readonly painter: ChartPainter
  readonly recipients: RecipientReader
  /** Of an address that nobody has set up. */
  readonly usual: { readonly locale: Locale; readonly zone: string }
  readonly links: MailLinks
  readonly log: FastifyBaseLogger
  /** How long a letter waits for evidence and pictures. */
  readonly decorationMs?: number
}

export interface LetterOrder {
  readonly recipient: string
  /** All of one recipient; of late incidents only, or of none. */
  readonly notices: readonly WaitingNotice[]
  readonly nowMs: number
  readonly cap: LetterOptions['cap']
  /** Whether they waited for the cap of an hour. */
  readonly isSummary: boolean
}

const DECORATION_MS = 1500

/** Fails only when facts cannot be read: a letter that cannot be drawn is a plain one. */
export function createLetterWriter(parts: LetterWriterParts) {
  const { incidents, painter, recipients, usual, links, log, decorationMs = DECORATION_MS } = parts

  const evidenceOf = async (id: number, context: LetterContext) => {
    const given = AbortSignal.timeout(decorationMs)
    const evidence = await inTime(incidents.evidence(id), given)
    if (!evidence?.chart) return { evidence, pictures: null }
    return { evidence, pictures: await inTime(drawBoth(evidence.chart, context), given) }
  }

  const drawBoth = async (chart: IncidentChart, { locale, zone }: LetterContext) => {
    const draw = (theme: 'light' | 'dark') => painter.drawPng(chart, { theme, locale, zone })
    const [light, dark] = await Promise.all([draw('light'), draw('dark')])
    return { light, dark }
  }

  /** Null when it failed or took too long. */
  const inTime = async <T>(work: Promise<T>, given: AbortSignal): Promise<T | null> => {
    const over = new AbortController()
    const late = waitFor(decorationMs, null, { signal: AbortSignal.any([given, over.signal]) })
    try {
      return await Promise.race([work, late.catch(() => null)])
    } catch (error) {
      log.warn({ err: error }, 'a mail goes without its evidence')
      return null
    } finally {
      over.abort()
    }
  }

  const single = async (
    facts: IncidentFacts,
    kinds: ReadonlySet<WaitingNotice['kind']>,
    context: LetterContext,
  ): Promise<Letter> => {
    const { evidence, pictures } = await evidenceOf(facts.id, context)
    const kind = facts.kind === 'late' ? 'late' : kindOf(kinds)
    return incidentLetter({ kind, facts, evidence, pictures }, context)
  }

  return async (order: LetterOrder): Promise<Letter> => {
    const { recipient, notices, nowMs, cap, isSummary } = order
    const kinds = kindsOf(notices)
    const found = await incidents.facts([...kinds.keys()])
    const facts = found.map((each) => silentUntil(each, nowMs))
    const mailKind = mailKindOf(facts, kinds, isSummary)
    if (recipient === WEBHOOK) {
      const byId = new Map(facts.map((each) => [each.id, each]))
      const told = notices.flatMap(({ kind, incidentId }) => {
        const one = byId.get(incidentId)
        return one ? [{ kind, facts: one }] : []
      })
      return webhookLetter(mailKind, told, links)
    }
    const { locale, zone } = recipients.find(recipient) ?? usual
    const context = letterContext({ recipient, locale, zone, nowMs, links, cap })
    try {
      const [only] = facts
      if (facts.length === 1 && only) {
        return await single(only, kinds.get(only.id) ?? new Set(), context)
      }
      const group = mailKind === 'summary' || mailKind === 'late' ? mailKind : 'group'
      return groupLetter(
        group,
        facts.map((one) => itemOf(one, kinds)),
        context,
      )
    } catch (error) {
      log.error({ err: error }, 'a letter could not be drawn and goes plain')
      return plainLetter(mailKind, facts, context)
    }
  }
}

export type LetterWriter = ReturnType<typeof createLetterWriter>

type Kinds = ReadonlyMap<number, ReadonlySet<WaitingNotice['kind']>>

function kindsOf(notices: readonly WaitingNotice[]): Kinds {
  const kinds = new Map<number, Set<WaitingNotice['kind']>>()
  for (const { incidentId, kind } of notices) {
    const known = kinds.get(incidentId)
    if (known) known.add(kind)
    else kinds.set(incidentId, new Set([kind]))
  }
  return kinds
}

/** A silence has grown since the host was found down. */
function silentUntil(facts: IncidentFacts, nowMs: number): IncidentFacts {
  if (facts.kind !== 'incident' || facts.rule.condition.type !== 'down') return facts
  const silentMs = Math.max(0, (facts.resolvedMs ?? nowMs) - facts.sinceMs)
  return { ...facts, worst: Math.max(facts.worst ?? 0, facts.value ?? 0, silentMs / 1000) }
}

/** What came and went is told by its end. */
function kindOf(kinds: ReadonlySet<WaitingNotice['kind']>): WaitingNotice['kind'] {
  if (kinds.has('resolved')) return 'resolved'
  return kinds.has('opened') ? 'opened' : 'reminder'
}

function itemOf(facts: IncidentFacts, kinds: Kinds): GroupItem {
  const kind = kindOf(kinds.get(facts.id) ?? new Set())
  const standing = ({ opened: 'began', resolved: 'over', reminder: 'still' } as const)[kind]
  return { facts, standing: facts.kind === 'late' ? 'over' : standing }
}

function mailKindOf(facts: readonly IncidentFacts[], kinds: Kinds, isSummary: boolean): MailKind {
  const [first] = facts
  if (first?.kind === 'late') return 'late'
  if (facts.length === 1 && first) return kindOf(kinds.get(first.id) ?? new Set())
  return isSummary ? 'summary' : 'group'
}
