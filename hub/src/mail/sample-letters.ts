// Owns the test of mail: one letter of each kind, with made-up incidents and advisories, through the real outbox.
import { newMessageId } from './message-id.ts'
import type { MailKind } from '@vigie/shared/api/mail'
import type { Locale } from '@vigie/shared/format/locale'
import type { Clock } from '../clock.ts'
import { advisoryDigestLetter } from './letters/advisory-digest-letter.ts'
import { advisoryLetter } from './letters/advisory-letter.ts'
import { groupLetter } from './letters/group-letter.ts'
import { incidentLetter, type IncidentLetterKind } from './letters/incident-letter.ts'
import { letterContext, type LetterContext } from './letters/letter-context.ts'
import { watchFailingLetter } from './letters/watch-letter.ts'
import { weeklyLetter } from './letters/weekly-letter.ts'
import type { ChartPainter, Letter, MailLinks, OutboxStore, RecipientReader } from './ports.ts'
import { sampleAlert, sampleDigest, sampleFailure } from './sample-advisories.ts'
import { sampleEvidence, sampleIncidents, sampleWeek } from './sample-facts.ts'

export interface SampleParts {
  readonly outbox: Pick<OutboxStore, 'write'>
  readonly painter: ChartPainter
  readonly recipients: RecipientReader
  readonly usual: { readonly locale: Locale; readonly zone: string }
  readonly links: MailLinks
  readonly clock: Clock
  readonly from: string
  readonly onWritten: () => void
}

export interface WrittenSample {
  readonly id: number
  readonly kind: MailKind
}

const WEEK_MS = 7 * 86_400_000

/** Writes one mail of each kind to an address. */
export function createSampleMails(parts: SampleParts) {
  return async (to: string): Promise<WrittenSample[]> => {
    const { outbox, clock, from, onWritten } = parts
    const written: WrittenSample[] = []
    for (const letter of await sampleLetters(to, parts)) {
      const mail = await outbox.write({
        ...letter,
        channel: 'mail',
        recipient: to,
        messageId: newMessageId(from),
        references: [],
        writtenMs: clock.nowMs(),
      })
      if (mail) written.push({ id: mail.id, kind: letter.kind })
    }
    onWritten()
    return written
  }
}

async function sampleLetters(to: string, parts: SampleParts): Promise<Letter[]> {
  const { recipients, usual, clock } = parts
  const links = linksOfTest(parts.links)
  const { locale, zone } = recipients.find(to) ?? usual
  const nowMs = clock.nowMs()
  const context = letterContext({
    recipient: to,
    locale,
    zone,
    nowMs,
    links,
    cap: null,
    isTest: true,
  })
  const incidents = sampleIncidents(nowMs)
  const pictures = await picturesOf(parts, context)
  const evidence = sampleEvidence(nowMs)
  const about = (kind: IncidentLetterKind): Letter =>
    incidentLetter({ kind, facts: incidents[kind], evidence, pictures }, context)
  const began = [incidents.opened, incidents.full, incidents.down].map((facts) => ({
    facts,
    standing: 'began' as const,
  }))
  return [
    about('opened'),
    about('reminder'),
    about('resolved'),
    groupLetter('group', began, context),
    groupLetter('summary', began, context),
    about('late'),
    weeklyLetter(sampleWeek(nowMs), { fromMs: nowMs - WEEK_MS, toMs: nowMs }, context),
    advisoryLetter('added', { ...sampleAlert(nowMs), changes: [] }, context),
    advisoryDigestLetter(sampleDigest(nowMs), context),
    watchFailingLetter(sampleFailure(nowMs), context),
  ]
}

/** Their incidents are nobody's: no button does anything to a real one that has the same number. */
function linksOfTest(links: MailLinks): MailLinks {
  const incidents = (): string => links.incidents()
  return {
    host: incidents,
    incident: incidents,
    incidents,
    advisory: () => links.advisories(),
    advisories: () => links.advisories(),
    acknowledge: incidents,
    silence: incidents,
    settings: () => links.settings(),
  }
}

async function picturesOf({ painter }: SampleParts, { locale, zone, nowMs }: LetterContext) {
  const { chart } = sampleEvidence(nowMs)
  if (chart === null) return null
  const draw = (theme: 'light' | 'dark') => painter.drawPng(chart, { theme, locale, zone })
  const [light, dark] = await Promise.all([draw('light'), draw('dark')])
  return { light, dark }
}
