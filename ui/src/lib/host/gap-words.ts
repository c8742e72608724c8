// Owns the holes of a host's charts: what the hub tells of them, what the page sees itself, and the words in them.
import type { Gap as ToldGap, GapReason } from '@vigie/shared/api/gap'
import type { StatusReason } from '@vigie/shared/api/host'
import type { Gap } from '../chart/samples.ts'
import type { Holes } from './host-holes.svelte.ts'
import type { Say } from './plan/host-plan.ts'

export interface Silence {
  /** The hub's time at the right edge of live charts. */
  readonly endMs: number
  readonly newestMs: number | null
  readonly intervalMs: number
  readonly statusReason: StatusReason
  /** The hub itself is not heard: what the host does is not known. */
  readonly isHubAway: boolean
}

/** So many intervals may pass before silence is a hole: the newest sample is always a little late. */
const PATIENCE = 3.5
/** Drawn beyond the edge, so that an open hole reaches it until the next painting. */
const BEYOND_MS = 60_000

/** Nothing has come for so long that it is a hole, and not lateness. */
export function isSilent({ endMs, newestMs, intervalMs }: Silence): boolean {
  return newestMs !== null && endMs - newestMs > PATIENCE * intervalMs
}

/** Holes that the hub told of, those seen since, and the one that is open at the end. */
export function holesInSight(
  { gaps: told, knownAtMs }: Pick<Holes, 'gaps' | 'knownAtMs'>,
  seen: readonly Gap[],
  silence: Silence,
  say: Say,
): Gap[] {
  const { endMs, newestMs } = silence
  const worded = told.map((gap) => {
    const isOpen = gap.isOpen && (newestMs === null || newestMs <= gap.fromMs)
    const words = wordsOf(gap, say)
    // Until the hub is asked again it is not known when an open hole ended, but that it has.
    return { fromMs: gap.fromMs, toMs: isOpen ? endMs + BEYOND_MS : gap.toMs, ...words }
  })
  const untold = seen
    .filter((gap) => gap.toMs > (knownAtMs ?? 0) - PATIENCE * silence.intervalMs)
    .filter((gap) => !told.some(({ fromMs, toMs }) => fromMs < gap.toMs && toMs > gap.fromMs))
    .map((gap) => ({ ...gap, reason: say('gap.none'), code: 'none' }))
  const isToldOpen = worded.some(({ toMs }) => toMs > endMs)
  if (newestMs === null || isToldOpen || !isSilent(silence)) return [...worded, ...untold]
  const reason = openReason(silence)
  const open = {
    fromMs: newestMs,
    toMs: endMs + BEYOND_MS,
    reason: say(`gap.${reason}`),
    code: reason,
  }
  return [...worded, ...untold, open]
}

function wordsOf({ reason }: ToldGap, say: Say): { reason: string; code: GapReason } {
  return { reason: say(`gap.${reason}`), code: reason }
}

function openReason({ isHubAway, statusReason }: Silence): string {
  if (isHubAway) return 'away'
  switch (statusReason) {
    case 'silent':
    case 'stopped':
    case 'rebooting':
    case 'upgrading':
    case 'revoked':
    case 'retired':
      return statusReason
    case 'reporting':
    case 'never-seen':
    case 'hub-started':
    case 'awaited':
      return 'none'
  }
}
