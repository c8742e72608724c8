// Owns who wants no mail of what and when: silences and maintenance windows, in memory as they are in the store.
import type {
  Maintenance,
  MaintenanceDraft,
  Silence,
  SilenceDraft,
  SilenceMatch,
} from '@vigie/shared/api/silence'
import type { Clock } from '../clock.ts'
import { isInScope } from './host-scope.ts'
import type { AlertHost, SilenceStore } from './ports.ts'
import { WindowTimes, type Span } from './window-times.ts'

/** What an incident is of; no host for one of the whole fleet. */
export interface SilenceTarget {
  readonly ruleId: number
  readonly host: Pick<AlertHost, 'id' | 'tags'> | undefined
}

export interface Cover {
  readonly startsMs: number
  readonly endsMs: number
  /** Who silenced it, or the name of the window. */
  readonly who: string
  readonly text: string | null
}

interface KnownWindow {
  readonly kept: Omit<Maintenance, 'next'>
  readonly times: WindowTimes
}

/** When a window is open within a time, and whom it means. */
export interface MaintenanceTimes {
  means(host: Pick<AlertHost, 'id' | 'tags'>): boolean
  readonly spans: readonly Span[]
}

/** Ten days of a window that comes each hour. */
const MAX_TIMES = 300
/** For how long it is known that a silence was, for what happened while the hub was away. */
const KEPT_MS = 8 * 86_400_000

export class Silencing {
  readonly #store: SilenceStore
  readonly #clock: Clock
  #silences: readonly Silence[]
  readonly #windows = new Map<number, KnownWindow>()

  static async open(store: SilenceStore, clock: Clock): Promise<Silencing> {
    const silencing = new Silencing(store, clock, await store.list(clock.nowMs() - KEPT_MS))
    for (const kept of await store.windows()) silencing.#keep(kept)
    return silencing
  }

  private constructor(store: SilenceStore, clock: Clock, silences: readonly Silence[]) {
    this.#store = store
    this.#clock = clock
    this.#silences = silences
  }

  /** What keeps mail of it back at that time; of several the one that lasts longest. */
  coverOf(target: SilenceTarget, atMs: number): Cover | null {
    let found: Cover | null = null
    for (const cover of this.#coversOf(target, atMs)) {
      if (atMs < cover.startsMs || atMs >= cover.endsMs) continue
      if (!found || cover.endsMs > found.endsMs) found = cover
    }
    return found
  }

  /** Whether one has begun after `sinceMs` and is over. */
  hasPassed(target: SilenceTarget, sinceMs: number): boolean {
    const nowMs = this.#clock.nowMs()
    for (const { startsMs, endsMs } of this.#coversOf(target, nowMs)) {
      if (startsMs > sinceMs && startsMs < endsMs && endsMs <= nowMs) return true
    }
    return false
  }

  /** Since when something is silenced without an end yet. */
  sinceMs(): number | null {
    const nowMs = this.#clock.nowMs()
    const starts = this.#silences
      .filter(({ startsMs, endsMs }) => startsMs <= nowMs && nowMs < endsMs)
      .map(({ startsMs }) => startsMs)
    for (const { times } of this.#windows.values()) {
      const open = times.openAt(nowMs)
      if (open) starts.push(open.startsMs)
    }
    return starts.length === 0 ? null : Math.min(...starts)
  }

  /** Those that have not ended, by their end. */
  silences(): Silence[] {
    const nowMs = this.#clock.nowMs()
    return this.#silences.filter(({ endsMs }) => endsMs > nowMs)
  }

  async silence(draft: SilenceDraft, by: string): Promise<Silence> {
    const nowMs = this.#clock.nowMs()
    const made = await this.#store.create(draft, by, nowMs)
    this.#silences = [...this.#silences, made]
      .filter(({ endsMs }) => endsMs > nowMs - KEPT_MS)
      .sort((a, b) => a.endsMs - b.endsMs || a.id - b.id)
    return made
  }

  /** False when there is none that has not ended. */
  async endSilence(id: number): Promise<boolean> {
    const nowMs = this.#clock.nowMs()
    const isOpen = this.silences().some((silence) => silence.id === id)
    if (!isOpen || !(await this.#store.end(id, nowMs))) return false
    this.#silences = this.#silences.map((each) =>
      each.id === id ? { ...each, endsMs: nowMs } : each,
    )
    return true
  }

  windows(): Maintenance[] {
    return [...this.#windows.values()].map((known) => this.#withNext(known))
  }

  /** Of windows that are for every rule, as they stand now: those that are for some hold back mail and no more. */
  maintenanceTimes(fromMs: number, toMs: number): MaintenanceTimes[] {
    return [...this.#windows.values()]
      .filter(({ kept }) => kept.isEnabled && kept.ruleIds.length === 0)
      .map(({ kept, times }) => ({
        means: (host) => isInScope(kept.scope, host),
        spans: times.within({ startsMs: fromMs, endsMs: toMs }, MAX_TIMES),
      }))
  }

  /** A draft in which `faultOfWindow` finds nothing, as in `changeWindow`. */
  async createWindow(draft: MaintenanceDraft): Promise<Maintenance> {
    return this.#keep(await this.#store.createWindow(draft))
  }

  async changeWindow(id: number, draft: MaintenanceDraft): Promise<Maintenance | undefined> {
    const kept = await this.#store.changeWindow(id, draft)
    return kept && this.#keep(kept)
  }

  async deleteWindow(id: number): Promise<boolean> {
    const isDeleted = await this.#store.deleteWindow(id)
    this.#windows.delete(id)
    return isDeleted
  }

  /** Of each window that means it the one that began last, whether or not it is over. */
  *#coversOf(target: SilenceTarget, atMs: number): Iterable<Cover> {
    for (const silence of this.#silences) {
      if (!matches(silence, target)) continue
      // Nobody knew of it before it was made.
      const startsMs = Math.max(silence.startsMs, silence.createdMs)
      const text = silence.comment === '' ? null : silence.comment
      yield { startsMs, endsMs: silence.endsMs, who: silence.createdBy, text }
    }
    for (const { kept, times } of this.#windows.values()) {
      if (!kept.isEnabled || !matches(kept, target)) continue
      const span = times.lastBefore(atMs)
      if (span) yield { ...span, who: kept.name, text: null }
    }
  }

  #keep(kept: Omit<Maintenance, 'next'>): Maintenance {
    const known = { kept, times: new WindowTimes(kept) }
    this.#windows.set(kept.id, known)
    return this.#withNext(known)
  }

  #withNext({ kept, times }: KnownWindow): Maintenance {
    return { ...kept, next: times.next(this.#clock.nowMs()) }
  }
}

function matches({ scope, ruleIds }: SilenceMatch, { ruleId, host }: SilenceTarget): boolean {
  return (ruleIds.length === 0 || ruleIds.includes(ruleId)) && isInScope(scope, host)
}
