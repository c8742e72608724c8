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
import { WindowTimes } from './window-times.ts'

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

/** For how long it is known that a silence was, for what happened while the hub was away. */
const KEPT_MS = 8 * 86_400_000

export async function createSilencing(store: SilenceStore, clock: Clock) {
  let silences = await store.list(clock.nowMs() - KEPT_MS)
  const windows = new Map(
    (await store.windows()).map((kept): [number, KnownWindow] => [
      kept.id,
      { kept, times: new WindowTimes(kept) },
    ]),
  )

  function* spansOf(target: SilenceTarget, atMs: number): Iterable<Cover> {
    for (const silence of silences) {
      if (!matches(silence, target)) continue
      // Nobody knew of it before it was made.
      const startsMs = Math.max(silence.startsMs, silence.createdMs)
      const text = silence.comment === '' ? null : silence.comment
      yield { startsMs, endsMs: silence.endsMs, who: silence.createdBy, text }
    }
    for (const { kept, times } of windows.values()) {
      if (!kept.isEnabled || !matches(kept, target)) continue
      const span = times.lastBefore(atMs)
      if (span) yield { ...span, who: kept.name, text: null }
    }
  }
  const withNext = ({ kept, times }: KnownWindow): Maintenance => ({
    ...kept,
    next: times.next(clock.nowMs()),
  })
  const keep = (kept: Omit<Maintenance, 'next'>): Maintenance => {
    const known = { kept, times: new WindowTimes(kept) }
    windows.set(kept.id, known)
    return withNext(known)
  }

  return {
    /** What keeps mail of it back at that time; of several the one that lasts longest. */
    coverOf(target: SilenceTarget, atMs: number): Cover | null {
      let found: Cover | null = null
      for (const cover of spansOf(target, atMs)) {
        if (atMs < cover.startsMs || atMs >= cover.endsMs) continue
        if (!found || cover.endsMs > found.endsMs) found = cover
      }
      return found
    },

    /** Whether one has begun after `sinceMs` and is over. */
    hasPassed(target: SilenceTarget, sinceMs: number): boolean {
      const nowMs = clock.nowMs()
      for (const { startsMs, endsMs } of spansOf(target, nowMs)) {
        if (startsMs > sinceMs && startsMs < endsMs && endsMs <= nowMs) return true
      }
      return false
    },

    /** Since when something is silenced without an end yet. */
    sinceMs(): number | null {
      const nowMs = clock.nowMs()
      const starts = silences
        .filter(({ startsMs, endsMs }) => startsMs <= nowMs && nowMs < endsMs)
        .map(({ startsMs }) => startsMs)
      for (const { times } of windows.values()) {
        const open = times.openAt(nowMs)
        if (open) starts.push(open.startsMs)
      }
      return starts.length === 0 ? null : Math.min(...starts)
    },

    /** Those that have not ended, by their end. */
    silences(): Silence[] {
      const nowMs = clock.nowMs()
      return silences.filter(({ endsMs }) => endsMs > nowMs)
    },

    async silence(draft: SilenceDraft, by: string): Promise<Silence> {
      const nowMs = clock.nowMs()
      const made = await store.create(draft, by, nowMs)
      silences = [...silences, made]
        .filter(({ endsMs }) => endsMs > nowMs - KEPT_MS)
        .sort((a, b) => a.endsMs - b.endsMs || a.id - b.id)
      return made
    },

    /** False when there is none that has not ended. */
    async endSilence(id: number): Promise<boolean> {
      const nowMs = clock.nowMs()
      const known = silences.find((silence) => silence.id === id)
      if (!known || known.endsMs <= nowMs || !(await store.end(id, nowMs))) return false
      silences = silences.map((each) => (each.id === id ? { ...each, endsMs: nowMs } : each))
      return true
    },

    windows: (): Maintenance[] => [...windows.values()].map(withNext),

    /** A draft in which `faultOfWindow` finds nothing, as in `changeWindow`. */
    async createWindow(draft: MaintenanceDraft): Promise<Maintenance> {
      return keep(await store.createWindow(draft))
    },

    async changeWindow(id: number, draft: MaintenanceDraft): Promise<Maintenance | undefined> {
      const kept = await store.changeWindow(id, draft)
      return kept && keep(kept)
    },

    async deleteWindow(id: number): Promise<boolean> {
      windows.delete(id)
      return store.deleteWindow(id)
    },
  }
}

export type Silencing = Awaited<ReturnType<typeof createSilencing>>

function matches({ scope, ruleIds }: SilenceMatch, { ruleId, host }: SilenceTarget): boolean {
  return (ruleIds.length === 0 || ruleIds.includes(ruleId)) && isInScope(scope, host)
}
