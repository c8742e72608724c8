// Owns the reboots that nobody announced (docs/alerts.md, D5).
import type { IncidentBook } from './incident-book.ts'
import type { AlertHost } from './ports.ts'
import type { RuleBook } from './rule-book.ts'

/** What an agent says of its machine as it connects, and what was known of it before. */
export interface BootFacts {
  readonly bootId: string
  /** Null for a host that was never connected before. */
  readonly earlierBootId: string | null
  /** Whether the agent had said goodbye before it went. */
  readonly saidGoodbye: boolean
  readonly rebootedWhileHubAway: boolean
  /** When it booted, or its agent began, as far as known. */
  readonly startMs: number
}

export function noteBoot(
  host: AlertHost,
  facts: BootFacts,
  { rules, book }: { rules: RuleBook; book: IncidentBook },
): void {
  const { bootId, earlierBootId, saidGoodbye, rebootedWhileHubAway, startMs } = facts
  if (earlierBootId === null || earlierBootId === bootId || saidGoodbye) return
  for (const rule of rules.rulesFor(host)) {
    if (rule.condition.type !== 'reboot') continue
    // The hub may have died before it wrote down that the host is in this boot.
    const isTold = book
      .ofHost(host.id)
      .some((known) => known.rule.id === rule.id && known.detail['bootId'] === bootId)
    if (isTold) continue
    book.recount(
      {
        kind: rebootedWhileHubAway ? 'late' : 'incident',
        rule,
        hostId: host.id,
        series: '',
        sinceMs: startMs,
        value: null,
        worst: null,
        detail: { bootId },
        snapshots: [],
      },
      { firedMs: startMs, resolvedMs: startMs, why: 'over' },
    )
  }
}
