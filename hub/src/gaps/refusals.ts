// Owns when a host's agent was refused by what people did, as its events tell it (docs/protocol.md, G17).
import type { EvidenceEvent, Refusal } from './evidence.ts'

/** An agent that was refused tries again every five minutes: for so long its hole has still the same reason. */
const COMING_BACK_MS = 6 * 60_000

/** Of a host's events, oldest first; a refusal that goes on ends at Infinity. */
export function refusalsOf(events: readonly EvidenceEvent[]): Refusal[] {
  return events.flatMap(({ kind, timeMs: fromMs }, index): Refusal[] =>
    kind === 'retired' || kind === 'revoked'
      ? [{ fromMs, toMs: endOf(events.slice(index + 1)), reason: kind }]
      : [],
  )
}

function endOf(later: readonly EvidenceEvent[]): number {
  const end = later.find(({ kind }) => ENDS.includes(kind))
  if (!end || end.kind === 'connected') return end?.timeMs ?? Infinity
  const back = later.find(({ kind, timeMs }) => kind === 'connected' && timeMs >= end.timeMs)
  return Math.min(back?.timeMs ?? Infinity, end.timeMs + COMING_BACK_MS)
}

// Whoever is connected is not refused; what was merged was refused as another host.
const ENDS: readonly string[] = ['connected', 'returned', 'replaced', 'merged']
