// Owns the mail of the week, for those who want it: once each time it is due, also when the hub was away just then.
import { Cron } from 'croner'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import { letterContext } from './letters/letter-context.ts'
import { weeklyLetter } from './letters/weekly-letter.ts'
import { messageIdFor } from './message-id.ts'
import type { MailLinks, MailRecipient, OutboxStore, RecipientReader, WeekReader } from './ports.ts'
import { createWakeLoop } from './wake-loop.ts'

export interface WeeklyParts {
  readonly outbox: Pick<OutboxStore, 'write'>
  readonly weeks: WeekReader
  readonly recipients: RecipientReader
  readonly links: MailLinks
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** Five fields, by the clocks of `zone`. */
  readonly cron: string
  readonly zone: string
  readonly from: string
  /** When an earlier run of the hub last lived; null when this is the first one. */
  readonly lastAliveMs: number | null
  readonly onWritten: () => void
}

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** What is older than this is no news; the next one is near. */
const CAUGHT_UP_MS = 6 * DAY_MS
/** Signs of life are that far apart at most; what is written already is not written again. */
const ALIVE_SLACK_MS = 5 * 60_000
const LOOK_MS = 60_000

export class Weeks {
  readonly #parts: WeeklyParts
  readonly #cron: Cron
  #dueMs: number | null

  constructor(parts: WeeklyParts) {
    const { clock, cron, zone, lastAliveMs } = parts
    this.#parts = parts
    this.#cron = new Cron(cron, { timezone: zone, paused: true })
    const nowMs = clock.nowMs()
    const missedMs = this.#cron.previousRuns(1, new Date(nowMs))[0]?.getTime()
    const isMissed =
      missedMs !== undefined &&
      lastAliveMs !== null &&
      missedMs > lastAliveMs - ALIVE_SLACK_MS &&
      missedMs > nowMs - CAUGHT_UP_MS
    this.#dueMs = isMissed ? missedMs : this.#after(nowMs)
  }

  /** Returns the milliseconds until the next look. */
  async look(): Promise<number> {
    const nowMs = this.#parts.clock.nowMs()
    if (this.#dueMs !== null && nowMs >= this.#dueMs) await this.#write(this.#dueMs)
    // Each time anew: the clock may have been set back.
    this.#dueMs = this.#after(nowMs)
    return this.#dueMs === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(0, this.#dueMs - nowMs))
  }

  #after(timeMs: number): number | null {
    return this.#cron.nextRun(new Date(timeMs))?.getTime() ?? null
  }

  /** When it fails half way, those who have theirs do not get it again. */
  async #write(dueMs: number): Promise<void> {
    const { recipients, weeks, outbox, onWritten } = this.#parts
    const wanting = recipients.list().filter(({ getsWeekly }) => getsWeekly)
    if (wanting.length === 0) return
    const week = { fromMs: dueMs - WEEK_MS, toMs: dueMs }
    const facts = await weeks.read(week.fromMs, week.toMs)
    for (const recipient of wanting) {
      const letter = weeklyLetter(facts, week, this.#contextOf(recipient))
      await outbox.write({
        ...letter,
        channel: 'mail',
        recipient: recipient.address,
        messageId: this.#messageId(dueMs, recipient.address),
        references: [],
        writtenMs: this.#parts.clock.nowMs(),
      })
    }
    onWritten()
  }

  #contextOf({ address, locale, zone }: MailRecipient) {
    const { links, clock } = this.#parts
    return letterContext({
      recipient: address,
      locale,
      zone,
      links,
      cap: null,
      nowMs: clock.nowMs(),
    })
  }

  #messageId(dueMs: number, address: string): string {
    const due = new Date(dueMs).toISOString()
    return messageIdFor(this.#parts.from, 'weekly', due, address.toLowerCase())
  }
}

/** Writes what is due, and looks again when the next is. */
export function createWeekly(parts: WeeklyParts) {
  const weeks = new Weeks(parts)
  const loop = createWakeLoop(async () => {
    try {
      return await weeks.look()
    } catch (error) {
      parts.log.error({ err: error }, 'the mail of the week could not be written; tried again')
      return LOOK_MS
    }
  })
  loop.wake()
  return { close: loop.close }
}

export type Weekly = ReturnType<typeof createWeekly>
