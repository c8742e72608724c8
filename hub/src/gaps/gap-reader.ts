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
  readonly retentionMs: number
}

export interface GapRequest {
  readonly host: { readonly id: number; readonly createdMs: number; readonly intervalMs: number }
  readonly fromMs: number
  readonly toMs: number
  readonly nowMs: number
  readonly maxHoles: number
}

export type GapReader = ReturnType<typeof createGapReader>

/** Beyond the range's ends the next tick is looked for so far first: most ranges do not end in a hole. */
const NEAR_MS = 120_000
/** What explains a hole may have happened a little before its first tick that is missing. */
const EVENTS_BEFORE_MS = 120_000

/** Finds gaps in what is stored, no more than the retention goes back. Works on a hub's files as on a running hub. */
export function createGapReader({ history, events, hubRuns, retentionMs }: GapSources) {
  /** The stretches of a range, and their neighbours. */
  const stretchesAround = async (
    hostId: number,
    range: { fromMs: number; toMs: number },
    kept: { fromMs: number; toMs: number },
  ): Promise<Stretch[]> => {
    const between = (fromMs: number, toMs: number): Promise<readonly Stretch[]> | [] =>
      fromMs < toMs ? history.stretches({ hostId, fromMs, toMs }) : []
    const near = {
      fromMs: Math.max(kept.fromMs, range.fromMs - NEAR_MS),
      toMs: Math.min(kept.toMs, range.toMs + NEAR_MS),
    }
    const stretches = await between(near.fromMs, near.toMs)
    const isBegun = (stretches[0]?.fromMs ?? Infinity) <= range.fromMs
    const isEnded = (stretches.at(-1)?.toMs ?? -Infinity) >= range.toMs
    const before = isBegun ? undefined : (await between(kept.fromMs, near.fromMs)).at(-1)
    const after = isEnded ? undefined : (await between(near.toMs, kept.toMs))[0]
    return [...(before ? [before] : []), ...stretches, ...(after ? [after] : [])]
  }

  return async ({ host, fromMs, toMs, nowMs, maxHoles }: GapRequest): Promise<GapList> => {
    const keptFromMs = nowMs - retentionMs
    const range = { fromMs: Math.max(fromMs, keptFromMs), toMs: Math.min(toMs, nowMs) }
    if (range.fromMs >= range.toMs) return { items: [], isCut: false }
    // A tick may be a little ahead of the clock (rule T7 of docs/protocol.md).
    const kept = { fromMs: keptFromMs, toMs: nowMs + NEAR_MS }
    const stretches = await stretchesAround(host.id, range, kept)
    const first = stretches[0]?.toMs ?? keptFromMs
    return findGaps({
      ...range,
      nowMs,
      joinedMs: host.createdMs,
      keptFromMs,
      intervalMs: host.intervalMs,
      stretches,
      // To the end: an agent that was away for long tells of it late, and of much at once.
      events: await events.list(host.id, Math.min(first, range.fromMs) - EVENTS_BEFORE_MS),
      hubRuns: await hubRuns.list(nowMs),
      maxHoles,
    })
  }
}
