// Owns when an incident that is still firing is told again: each interval, and as a silence ends (docs/alerts.md, N3, C2 and D6).
import type { IncidentBook, OpenIncident } from './incident-book.ts'
import type { AlertFleet, IncidentRecord } from './ports.ts'
import type { RuleBook } from './rule-book.ts'
import type { Silencing, SilenceTarget } from './silencing.ts'

export interface ReminderParts {
  readonly book: IncidentBook
  readonly rules: RuleBook
  readonly silencing: Silencing
  readonly fleet: AlertFleet
  /** Hosts that are down. */
  readonly downIds: ReadonlySet<number>
  /** Whom an incident is told to as the rules are now. */
  readonly meantFor: (record: IncidentRecord) => readonly string[]
}

/** Runs every second. */
export function reviewReminders(parts: ReminderParts, nowMs: number): void {
  const { book, silencing, fleet } = parts
  for (const incident of book.list()) {
    const { record } = incident
    if (record.firedMs === null) continue
    const cover = silencing.coverOf(targetOf(record, fleet), nowMs)
    const wasSilenced = incident.isSilenced
    incident.isSilenced = cover !== null
    if (cover && !wasSilenced) {
      book.amend(record.id, {}, { kind: 'silenced', who: cover.who, text: cover.text })
    }
    if (cover || isFolded(record.foldedInto, book)) continue
    const isEnded = wasSilenced && incident.wasFree
    incident.wasFree = true
    if (isHeld(incident, parts)) {
      // It is told when its host is back.
      incident.isSilenced = isEnded && record.state === 'firing'
      continue
    }
    if (isEnded || isDue(incident, parts, nowMs)) book.remind(record.id, parts.meantFor(record))
  }
}

export function targetOf(
  { rule, hostId }: { rule: { id: number }; hostId: number | null },
  fleet: AlertFleet,
): SilenceTarget {
  return { ruleId: rule.id, host: hostId === null ? undefined : fleet.host(hostId) }
}

export function isFolded(foldedInto: number | null, book: IncidentBook): boolean {
  return foldedInto !== null && book.get(foldedInto) !== undefined
}

/** Somebody has it, or what matters of its host is told by another incident. */
function isHeld({ record }: OpenIncident, { downIds }: ReminderParts): boolean {
  if (record.state !== 'firing') return true
  if (record.hostId === null || record.rule.condition.type === 'down') return false
  return downIds.has(record.hostId)
}

function isDue({ record, toldMs }: OpenIncident, { rules }: ReminderParts, nowMs: number): boolean {
  const everyMs = rules.get(record.rule.id)?.remindEveryMs ?? null
  return everyMs !== null && toldMs !== null && nowMs - toldMs >= everyMs
}
