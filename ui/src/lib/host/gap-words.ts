// Owns the word that stands in a hole of a host's charts.
import type { StatusReason } from '@vigie/shared/api/host'
import type { Gap } from '../chart/samples.ts'
import type { Say } from './plan/host-plan.ts'

export interface Silence {
  /** The hub's time at the right edge of the charts. */
  readonly endMs: number
  readonly newestMs: number | null
  readonly intervalMs: number
  readonly statusReason: StatusReason
  /** The hub itself is not heard: what the host does is not known. */
  readonly isHubAway: boolean
}

/** So many intervals may pass before silence is a hole: the newest sample is always a little late. */
const PATIENCE = 3.5

/** The holes between samples, and the one that is open at the end. */
export function gapsWithReasons(gaps: readonly Gap[], silence: Silence, say: Say): Gap[] {
  const { endMs, newestMs, intervalMs } = silence
  const told = gaps.map((gap) => ({ ...gap, reason: gap.reason ?? say('gap.none') }))
  if (newestMs === null || endMs - newestMs <= PATIENCE * intervalMs) return told
  // Drawn beyond the edge, so that it reaches it until the next painting.
  return [...told, { fromMs: newestMs, toMs: endMs + 60_000, reason: openReason(silence, say) }]
}

function openReason({ isHubAway, statusReason }: Silence, say: Say): string {
  if (isHubAway) return say('gap.away')
  switch (statusReason) {
    case 'silent':
    case 'stopped':
    case 'rebooting':
    case 'upgrading':
      return say(`gap.${statusReason}`)
    case 'reporting':
    case 'never-seen':
    case 'hub-started':
      return say('gap.none')
  }
}
