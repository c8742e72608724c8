// Owns finding the holes in a host's data and telling each with its reason. Pure: what was stored in, gaps out.
import type { Gap, GapList } from '@vigie/shared/api/gap'
import { agentsWordOf } from './agents-word.ts'
import type { Evidence, EvidenceRun, Hole, Stretch } from './evidence.ts'
import { explainHole } from './explain-hole.ts'
import { hubAbsences } from './hub-absences.ts'
import { refusalsOf } from './refusals.ts'
import { SpanIndex } from './span-index.ts'

export interface GapQuery extends Omit<Evidence, 'words' | 'hubAway' | 'refusals'> {
  readonly fromMs: number
  readonly toMs: number
  readonly nowMs: number
  /** Oldest first. */
  readonly hubRuns: readonly EvidenceRun[]
  /**
   * Oldest first and disjoint; the range's own, with the neighbours before and after it where there are any, so that a
   * hole that the range cuts is known whole.
   */
  readonly stretches: readonly Stretch[]
  /** At most so many holes are told, the longest. */
  readonly maxHoles: number
}

/** A host that has been silent for so long is not merely late. */
const SILENT_MS = 30_000
const SILENT_INTERVALS = 3

export function findGaps(query: GapQuery): GapList {
  const { fromMs, toMs, maxHoles } = query
  const holes = holesOf(query).filter((hole) => hole.fromMs < toMs && hole.toMs > fromMs)
  const evidence = {
    joinedMs: query.joinedMs,
    events: query.events,
    words: new SpanIndex(query.events.flatMap(agentsWordOf)),
    hubAway: new SpanIndex(hubAbsences(query.hubRuns)),
    refusals: new SpanIndex(refusalsOf(query.events)),
  }
  const items = longest(holes, maxHoles).flatMap((hole) => gapsOf(hole, query, evidence))
  return { items, isCut: holes.length > maxHoles }
}

/** Where a tick was to come and none did. */
function holesOf({ stretches, nowMs }: GapQuery): Hole[] {
  const holes = stretches.slice(1).flatMap((next, index): Hole[] => {
    const before = stretches[index]
    if (!before) return []
    const stepMs = Math.max(before.stepMs, next.stepMs)
    return isHole(next.fromMs - before.toMs, stepMs)
      ? [{ fromMs: before.toMs, toMs: next.fromMs, stepMs, isOpen: false }]
      : []
  })
  const last = stretches.at(-1)
  if (last) {
    const { toMs: fromMs, stepMs } = last
    const silentMs = Math.max(SILENT_MS, SILENT_INTERVALS * stepMs)
    if (nowMs - fromMs > silentMs) holes.push({ fromMs, toMs: nowMs, stepMs, isOpen: true })
  }
  return holes
}

/** A tick that is half an interval late is off its grid and there; one that is later leaves a place empty. */
function isHole(distanceMs: number, stepMs: number): boolean {
  return distanceMs > 1.5 * stepMs
}

/** The longest `count` holes, in order of time. */
function longest(holes: readonly Hole[], count: number): readonly Hole[] {
  if (holes.length <= count) return holes
  const bySize = [...holes].sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))
  return bySize.slice(0, count).sort((a, b) => a.fromMs - b.fromMs)
}

/** A hole as it is told: in pieces of one reason, as far as the range goes. */
function gapsOf(hole: Hole, range: { fromMs: number; toMs: number }, evidence: Evidence): Gap[] {
  return explainHole(hole, evidence).flatMap((piece) => {
    const fromMs = Math.max(piece.fromMs, range.fromMs)
    const toMs = Math.min(piece.toMs, range.toMs)
    const isOpen = hole.isOpen && toMs === hole.toMs
    return fromMs < toMs ? [{ fromMs, toMs, reason: piece.reason, isOpen }] : []
  })
}
