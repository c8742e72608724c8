// Owns one look at the notices that wait: which become a mail now, and when to look again (docs/alerts.md, C1-C6, L3).
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import { Gathering } from './gathering.ts'
import { sortNotices } from './held-notices.ts'
import { CAP_MS, roomFor } from './hourly-cap.ts'
import { WEBHOOK, type LetterWriter } from './letter-writer.ts'
import { newMessageId } from './message-id.ts'
import type { Holds, NoticeStore, WaitingNotice } from './ports.ts'

export interface ComposerParts {
  readonly notices: NoticeStore
  readonly writeLetter: LetterWriter
  readonly holds: Holds
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** The hub's own address, whose domain names its mails. */
  readonly from: string
  readonly maxMailsPerHour: number
  /** A mail is in the outbox. */
  readonly onComposed: () => void
}

/** What waits is read anew at least this often, whoever forgets to say that there is more. */
const READ_EVERY_MS = 30_000
/** Silences end by themselves: nobody says so. */
const HELD_MS = 1000
export const RETRY_MS = 5000
const LATE_MOST_MS = 600_000
/** A header of more would be longer than relays like. */
const MAX_REFERENCES = 50

/** One recipient's notices; those of late incidents are told by themselves. */
interface Queue {
  readonly recipient: string
  readonly gathering: Gathering
  isCapped: boolean
  /** After a failure. */
  retryAtMs: number
}

export class Composing {
  readonly #parts: ComposerParts
  readonly #queues = new Map<string, Queue>()
  #waiting: readonly WaitingNotice[] = []
  #seenAtMs = new Map<number, number>()
  #readAtMs = -Infinity

  constructor(parts: ComposerParts) {
    this.#parts = parts
  }

  /** There are more notices, or fewer. */
  invalidate(): void {
    this.#readAtMs = -Infinity
  }

  /** Never twice at once. Returns the milliseconds until the next look. */
  async look(): Promise<number> {
    const { clock, log } = this.#parts
    if (clock.elapsedMs() - this.#readAtMs >= READ_EVERY_MS) await this.#read()
    const waitsMs = [READ_EVERY_MS, ...(this.#waiting.length > 0 ? [HELD_MS] : [])]
    for (const [queue, some] of await this.#sort()) {
      try {
        waitsMs.push(await this.#tell(queue, some))
      } catch (error) {
        // One recipient's trouble is not another's.
        const { recipient } = queue
        log.error({ err: error, recipient }, 'a mail could not be composed; tried again')
        queue.retryAtMs = clock.elapsedMs() + RETRY_MS
        this.invalidate()
      }
    }
    return Math.min(...waitsMs)
  }

  async #read(): Promise<void> {
    const { notices, clock } = this.#parts
    this.#readAtMs = clock.elapsedMs()
    try {
      this.#waiting = await notices.waiting()
    } catch (error) {
      this.invalidate()
      throw error
    }
    const seenAtMs = this.#seenAtMs
    this.#seenAtMs = new Map(
      this.#waiting.map(({ id }) => [id, seenAtMs.get(id) ?? clock.elapsedMs()]),
    )
  }

  async #sort(): Promise<Map<Queue, WaitingNotice[]>> {
    const { notices, holds, clock } = this.#parts
    const isOverdue = ({ id, timeMs }: WaitingNotice): boolean =>
      clock.nowMs() - timeMs >= LATE_MOST_MS ||
      clock.elapsedMs() - (this.#seenAtMs.get(id) ?? Infinity) >= LATE_MOST_MS
    const { ready, withheld } = sortNotices(this.#waiting, { holds, isOverdue })
    for (const why of ['silenced', 'folded', 'removed'] as const) {
      if (withheld[why].length === 0) continue
      await notices.withhold(withheld[why], why)
      this.invalidate()
    }
    const sorted = new Map<Queue, WaitingNotice[]>()
    for (const notice of ready) {
      const queue = this.#queueOf(notice)
      const some = sorted.get(queue)
      if (some) some.push(notice)
      else sorted.set(queue, [notice])
    }
    for (const [key, queue] of this.#queues) {
      if (sorted.has(queue)) continue
      queue.gathering.clear()
      if (queue.gathering.isIdle(clock.elapsedMs())) this.#queues.delete(key)
    }
    return sorted
  }

  #queueOf({ recipient, incident }: WaitingNotice): Queue {
    const key = `${incident.kind === 'late' ? 'late' : 'now'} ${recipient}`
    const known = this.#queues.get(key)
    if (known) return known
    const queue = { recipient, gathering: new Gathering(), isCapped: false, retryAtMs: -Infinity }
    this.#queues.set(key, queue)
    return queue
  }

  async #tell(queue: Queue, some: readonly WaitingNotice[]): Promise<number> {
    const { notices, clock, maxMailsPerHour } = this.#parts
    const ids = some.map(({ id }) => id)
    const atMs = clock.elapsedMs()
    const dueAtMs = Math.max(queue.gathering.see(ids, atMs), queue.retryAtMs)
    if (dueAtMs > atMs) return dueAtMs - atMs
    const nowMs = clock.nowMs()
    const written = await notices.composedSince(queue.recipient, nowMs - CAP_MS)
    const { waitMs, lastUntilMs } = roomFor(written, maxMailsPerHour, nowMs)
    if (waitMs > 0) {
      queue.isCapped = true
      return waitMs
    }
    await this.#compose(queue, some, lastUntilMs)
    queue.isCapped = false
    queue.gathering.told(ids.length, atMs)
    this.invalidate()
    this.#parts.onComposed()
    return 0
  }

  async #compose(
    { recipient, isCapped }: Queue,
    some: readonly WaitingNotice[],
    lastUntilMs: number | null,
  ) {
    const { notices, writeLetter, clock, from, maxMailsPerHour } = this.#parts
    const nowMs = clock.nowMs()
    const letter = await writeLetter({
      recipient,
      notices: some,
      nowMs,
      cap: lastUntilMs === null ? null : { perHour: maxMailsPerHour, untilMs: lastUntilMs },
      isSummary: isCapped,
    })
    const incidentIds = [...new Set(some.map(({ incidentId }) => incidentId))]
    const threads = await notices.threads(incidentIds, recipient)
    const mail = {
      ...letter,
      channel: recipient === WEBHOOK ? ('webhook' as const) : ('mail' as const),
      recipient,
      messageId: newMessageId(from),
      references: [...new Set(threads.values())].slice(-MAX_REFERENCES),
      writtenMs: nowMs,
    }
    await notices.compose(
      mail,
      some.map(({ id }) => id),
    )
  }
}
