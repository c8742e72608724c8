// Owns how news of the watch become mails: what belongs together in one, when it is written, and to whom, exactly once.
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import { lastTime } from './schedule.ts'
import type { News, ToldAdvisory } from './watch-ports.ts'

/** What one mail tells. */
export type Told =
  | {
      readonly type: 'advisory'
      readonly kind: 'added' | 'revised' | 'closed'
      readonly advisory: ToldAdvisory
      readonly news: News
    }
  | { readonly type: 'concerned'; readonly advisories: readonly ToldAdvisory[] }
  | { readonly type: 'digest'; readonly items: readonly DigestItem[] }
  | {
      /** What there was no room for by itself. */
      readonly type: 'several'
      readonly items: readonly DigestItem[]
      readonly news: readonly News[]
    }
  | {
      readonly type: 'begun'
      readonly sources: readonly News['source'][]
      readonly open: readonly ToldAdvisory[]
    }
  | { readonly type: 'failing' | 'working'; readonly news: News }

export interface DigestItem {
  readonly advisory: ToldAdvisory
  readonly kinds: readonly News['kind'][]
}

export interface WrittenMail {
  readonly messageId: string
}

export interface TellerParts<Mail> {
  readonly news: {
    waiting(): Promise<News[]>
    tell(ids: readonly number[], mails: readonly Mail[], nowMs: number): Promise<boolean>
  }
  readonly advisories: {
    /** In the order of the references; those that are gone are left out. */
    told(references: readonly string[]): Promise<ToldAdvisory[]>
    /** Alerts of a source that are open. */
    open(source: News['source']): Promise<ToldAdvisory[]>
  }
  /** The same mail has the same id, whenever it is written: of `key`. */
  readonly writeMails: (told: Told, key: string, to: 'everybody' | 'admins') => Promise<Mail[]>
  /** How many mails about alerts may be written now (docs/cert.md, M4). */
  readonly room: () => Promise<number>
  /** Whether nothing is still to be compared with the fleet. */
  readonly isMatched: () => boolean
  /** Whether no source is about to be read for the first time. */
  readonly isBegun: () => boolean
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** Five cron fields, by the clocks of `zone`. */
  readonly digestCron: string
  readonly zone: string
  /** Mails that tell these are written. */
  readonly onWritten: (told: readonly News[]) => void
}

/** So long an alert waits for the hosts that it concerns (docs/cert.md, M2). */
export const WAIT_FOR_HOSTS_MS = 60_000
/** So long the first mail waits for the other sources. */
const WAIT_FOR_SOURCES_MS = 5 * 60_000
const LOOK_MS = 30_000
const SOON_MS = 500

/** News that one mail tells, and how. */
interface Parcel {
  readonly news: readonly News[]
  readonly key: string
  readonly to: 'everybody' | 'admins'
  /** One of several that may come in an hour. */
  readonly isCounted?: boolean
  readonly told: () => Promise<Told | null>
}

export class Teller<Mail> {
  readonly #parts: TellerParts<Mail>

  constructor(parts: TellerParts<Mail>) {
    this.#parts = parts
  }

  /** Writes what is due. Returns the milliseconds until the next look. */
  async look(): Promise<number> {
    const { news, onWritten, log } = this.#parts
    const waiting = await news.waiting()
    const parcels = this.#parcels(waiting)
    const written: News[] = []
    let hasFailed = false
    for (const parcel of await this.#withinRoom(parcels)) {
      try {
        if (await this.#tell(parcel)) written.push(...parcel.news)
      } catch (error) {
        // One mail's trouble is not another's.
        log.error({ err: error, key: parcel.key }, 'news could not be mailed; tried again')
        hasFailed = true
      }
    }
    if (written.length > 0) onWritten(written)
    // For hosts or for other sources: whoever knows of them does not say so. Those for which there is no room wait longer.
    const ready = new Set(parcels.flatMap(({ news }) => news))
    const isHeld = waiting.some((one) => one.channel === 'now' && !ready.has(one))
    return (isHeld || hasFailed) && written.length === 0 ? SOON_MS : LOOK_MS
  }

  async #tell({ news, key, to, told }: Parcel): Promise<boolean> {
    const { writeMails, clock } = this.#parts
    const what = await told()
    const mails = what === null ? [] : await writeMails(what, key, to)
    const ids = news.map(({ id }) => id)
    return (await this.#parts.news.tell(ids, mails, clock.nowMs())) && mails.length > 0
  }

  /** Each by itself while there is room; the last place is for all that are left, and without one they wait. */
  async #withinRoom(parcels: readonly Parcel[]): Promise<Parcel[]> {
    const counted = parcels.filter(({ isCounted }) => isCounted)
    if (counted.length === 0) return [...parcels]
    const others = parcels.filter(({ isCounted }) => !isCounted)
    const room = await this.#parts.room()
    if (counted.length <= room) return [...counted, ...others]
    if (room === 0) return others
    const left = counted.slice(room - 1).flatMap(({ news }) => news)
    return [...counted.slice(0, room - 1), ...this.#several(left), ...others]
  }

  #several(news: readonly News[]): Parcel[] {
    const last = news.at(-1)
    if (!last) return []
    return [
      {
        news,
        key: `several ${last.id}`,
        to: 'everybody',
        told: async () => {
          const items = await this.#items(news)
          return items.length === 0 ? null : { type: 'several', items, news }
        },
      },
    ]
  }

  /** Each advisory once, with all that is told of it. */
  async #items(news: readonly News[]): Promise<DigestItem[]> {
    const references = [...new Set(news.flatMap(({ reference }) => reference ?? []))]
    const told = await this.#parts.advisories.told(references)
    return told.map((advisory) => {
      const own = news.filter(({ reference }) => reference === advisory.document.reference)
      return { advisory, kinds: [...new Set(own.map(({ kind }) => kind))] }
    })
  }

  #parcels(waiting: readonly News[]): Parcel[] {
    const nowMs = this.#parts.clock.nowMs()
    const ageOf = ({ timeMs }: News): number => nowMs - timeMs
    const isReady = (news: News): boolean =>
      this.#parts.isMatched() || ageOf(news) >= WAIT_FOR_HOSTS_MS || ageOf(news) < 0
    const of = (...kinds: readonly News['kind'][]): News[] =>
      waiting.filter(({ kind, channel }) => channel !== 'digest' && kinds.includes(kind))
    return [
      // New ones first: where there is no room for all, those have a mail of their own.
      ...[...of('added'), ...of('revised', 'closed')]
        .filter(isReady)
        .map((news) => this.#advisory(news)),
      ...this.#begun(of('begun').filter(isReady)),
      ...this.#concerned(of('concerned')),
      ...this.#digest(waiting.filter(({ channel }) => channel === 'digest')),
      ...of('failing', 'working').map((news): Parcel => {
        const told: Told = { type: news.kind === 'failing' ? 'failing' : 'working', news }
        return {
          news: [news],
          key: `watch ${news.id}`,
          to: 'admins',
          told: () => Promise.resolve(told),
        }
      }),
    ]
  }

  #advisory(news: News): Parcel {
    const { kind, reference } = news
    return {
      news: [news],
      key: `advisory ${news.id}`,
      to: 'everybody',
      isCounted: true,
      told: async () => {
        const [advisory] = await this.#parts.advisories.told(reference === null ? [] : [reference])
        if (!advisory || (kind !== 'added' && kind !== 'revised' && kind !== 'closed')) return null
        return { type: 'advisory', kind, advisory, news }
      },
    }
  }

  /** One mail, whatever the number of sources. */
  #begun(news: readonly News[]): Parcel[] {
    const { isBegun, clock, advisories } = this.#parts
    const [first] = news
    if (!first) return []
    if (!isBegun() && clock.nowMs() - first.timeMs < WAIT_FOR_SOURCES_MS) return []
    const sources = news.map(({ source }) => source)
    return [
      {
        news,
        key: `begun ${first.id}`,
        to: 'everybody',
        told: async () => ({
          type: 'begun',
          sources,
          open: (await Promise.all(sources.map((source) => advisories.open(source)))).flat(),
        }),
      },
    ]
  }

  /** All hosts and alerts of one matching in one mail. */
  #concerned(news: readonly News[]): Parcel[] {
    const [first] = news
    if (!first) return []
    return [
      {
        news,
        key: `concerned ${first.id}`,
        to: 'everybody',
        isCounted: true,
        told: async () => {
          const wanted = new Set(news.map(({ reference, hostId }) => `${hostId} ${reference}`))
          const references = [...new Set(news.flatMap(({ reference }) => reference ?? []))]
          const advisories = (await this.#parts.advisories.told(references))
            .map((advisory) => ({
              ...advisory,
              hosts: advisory.hosts.filter(
                ({ hostId, verdict }) =>
                  verdict === 'concerned' && wanted.has(`${hostId} ${advisory.document.reference}`),
              ),
            }))
            // What was put right before anybody was told is no news.
            .filter(({ hosts, document }) => hosts.length > 0 && document.closedMs === null)
          return advisories.length === 0 ? null : { type: 'concerned', advisories }
        },
      },
    ]
  }

  /** Those that were learnt before the last time of the digest. */
  #digest(news: readonly News[]): Parcel[] {
    const { digestCron, zone, clock } = this.#parts
    const dueMs = lastTime(digestCron, zone, clock.nowMs())
    const due = news.filter(({ timeMs }) => dueMs !== null && timeMs < dueMs)
    const last = due.at(-1)
    if (!last) return []
    return [
      {
        news: due,
        key: `digest ${last.id}`,
        to: 'everybody',
        told: async () => {
          const items = await this.#items(due)
          return items.length === 0 ? null : { type: 'digest', items }
        },
      },
    ]
  }
}
