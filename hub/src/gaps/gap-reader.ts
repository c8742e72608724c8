// Owns gathering what the gaps of a host are found in: its ticks around the range, its events and the hub's runs.
import type { GapList } from '@vigie/shared/api/gap'
import type { EvidenceEvent, EvidenceRun, Stretch } from './evidence.ts'
import { findGaps } from './find-gaps.ts'

export interface GapSources {
  readonly history: {
    stretches(query: { hostId: number; fromMs: number; toMs: number }): Promise<readonly Stretch[]>
  }
  readonly events: {
    /** Of one host, oldest first, from `fromMs` on. */
    list(hostId: number, fromMs: number): Promise<readonly EvidenceEvent[]>
  }
  /** A run that goes on is alive at `nowMs`. */
  readonly hubRuns: { list(nowMs: number): Promise<readonly EvidenceRun[]> }
  /** How long it is kept where a host had ticks: as long as its rollups, and the events and runs that explain its holes. */
  readonly retentionMs: number
}

export interface GapRequest {
  readonly host: GapHost
  readonly fromMs: number
  readonly toMs: number
  readonly nowMs: number
  readonly maxHoles: number
}

interface GapHost {
  readonly id: number
  readonly createdMs: number
  /** Null when it has joined and not been heard since. */
  readonly lastSeenMs: number | null
  readonly intervalMs: number
}

export type GapReader = ReturnType<typeof createGapReader>

interface Range {
  readonly fromMs: number
  readonly toMs: number
}

/** Beyond the range's ends the next tick is looked for so far first: most ranges do not end in a hole. */
const NEAR_MS = 120_000
/** Then, with each look, so many times as far: what is read is in proportion to the hole, not to all that is kept. */
const FARTHER = 30
/** What explains a hole may have happened a little before its first tick that is missing. */
const EVENTS_BEFORE_MS = 120_000

/** Finds gaps in what is stored, no more than the retention goes back. Works on a hub's files as on a running hub. */
export function createGapReader({ history, events, hubRuns, retentionMs }: GapSources) {
  /** The stretch next to a time: the last before it back to `limitMs`, or the first after it up to there. */
  const nearest = async (
    hostId: number,
    atMs: number,
    limitMs: number,
  ): Promise<Stretch | undefined> => {
    const isBack = limitMs < atMs
    for (let nearMs = atMs, lengthMs = NEAR_MS * FARTHER; nearMs !== limitMs;) {
      const farMs = isBack
        ? Math.max(nearMs - lengthMs, limitMs)
        : Math.min(nearMs + lengthMs, limitMs)
      const fromMs = Math.min(nearMs, farMs)
      const stretches = await history.stretches({ hostId, fromMs, toMs: Math.max(nearMs, farMs) })
      const found = stretches.at(isBack ? -1 : 0)
      if (found) return found
      nearMs = farMs
      lengthMs *= FARTHER
    }
    return undefined
  }

  /** The stretches of a range, and their neighbours. */
  const stretchesAround = async (hostId: number, range: Range, kept: Range): Promise<Stretch[]> => {
    const near = {
      fromMs: Math.max(kept.fromMs, range.fromMs - NEAR_MS),
      toMs: Math.min(kept.toMs, range.toMs + NEAR_MS),
    }
    const stretches = await history.stretches({ hostId, ...near })
    const isEnded = (stretches.at(-1)?.toMs ?? -Infinity) >= range.toMs
    const [before, after] = await Promise.all([
      isBegunBy(stretches, range.fromMs) ? undefined : nearest(hostId, near.fromMs, kept.fromMs),
      isEnded ? undefined : nearest(hostId, near.toMs, kept.toMs),
    ])
    return [...(before ? [before] : []), ...stretches, ...(after ? [after] : [])]
  }

  return async ({ host, fromMs, toMs, nowMs, maxHoles }: GapRequest): Promise<GapList> => {
    const keptFromMs = nowMs - retentionMs
    const range = { fromMs: Math.max(fromMs, keptFromMs), toMs: Math.min(toMs, nowMs) }
    if (range.fromMs >= range.toMs) return { items: [], isCut: false }
    // A tick may be a little ahead of the clock (rule T7 of docs/protocol.md).
    const kept = { fromMs: keptFromMs, toMs: nowMs + NEAR_MS }
    const found = await stretchesAround(host.id, range, kept)
    const stretches = isBegunBy(found, range.fromMs)
      ? found
      : [...forgotten(host, found, keptFromMs), ...found]
    const first = stretches[0]?.toMs ?? range.fromMs
    return findGaps({
      ...range,
      nowMs,
      joinedMs: host.createdMs,
      stretches,
      // To the end: an agent that was away for long tells of it late, and of much at once.
      events: await events.list(host.id, Math.min(first, range.fromMs) - EVENTS_BEFORE_MS),
      hubRuns: await hubRuns.list(nowMs),
      maxHoles,
    })
  }
}

function isBegunBy(stretches: readonly Stretch[], timeMs: number): boolean {
  return (stretches[0]?.fromMs ?? Infinity) <= timeMs
}

/** The last tick of before what is kept, of a host that had one: its hole does not end by its being forgotten. */
function forgotten(host: GapHost, kept: readonly Stretch[], keptFromMs: number): Stretch[] {
  const hadTicks = kept.length > 0 || host.lastSeenMs !== null
  if (host.createdMs >= keptFromMs || !hadTicks) return []
  return [{ fromMs: keptFromMs, toMs: keptFromMs, stepMs: host.intervalMs }]
}
