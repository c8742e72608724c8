// Owns which incidents come first, which are open, and since when one counts.
import type { Incident } from '@vigie/shared/api/incident'
import type { Severity } from '@vigie/shared/api/rule'

/** It has fired and is not over; somebody may have it. */
export function isOpen({ state }: Pick<Incident, 'state'>): boolean {
  return state === 'firing' || state === 'acknowledged'
}

/** When it became an incident; before, it was only on its way. */
export function beganMs({ firedMs, sinceMs }: Pick<Incident, 'firedMs' | 'sinceMs'>): number {
  return firedMs ?? sinceMs
}

/** The most severe first, then the oldest. */
export function bySeverity(a: Incident, b: Incident): number {
  return rank(a) - rank(b) || beganMs(a) - beganMs(b) || a.id - b.id
}

/** The newest first. */
export function byTime(a: Incident, b: Incident): number {
  return beganMs(b) - beganMs(a) || b.id - a.id
}

/** Those of `open` that were not read as over: that stays, though the message that says so is still on its way. */
export function stillOpen(open: readonly Incident[], read: readonly Incident[]): Incident[] {
  const over = new Set(read.filter(({ state }) => state === 'resolved').map(({ id }) => id))
  return open.filter(({ id }) => !over.has(id))
}

/** Each once: `open` is the newer word, but for what was read as over. */
export function eachOnce(read: readonly Incident[], open: readonly Incident[]): Incident[] {
  const byId = new Map(read.map((incident) => [incident.id, incident]))
  for (const incident of stillOpen(open, read)) byId.set(incident.id, incident)
  return [...byId.values()]
}

/** Whether one of the incidents with these ids is the loss of sight that it is part of. */
export function isSpokenFor({ foldedInto }: Incident, ids: ReadonlySet<number>): boolean {
  return foldedInto !== null && ids.has(foldedInto)
}

/** Null when there is none. */
export function worstOf(incidents: readonly Pick<Incident, 'severity'>[]): Severity | null {
  if (incidents.length === 0) return null
  return incidents.some(({ severity }) => severity === 'crisis') ? 'crisis' : 'warning'
}

function rank({ severity, kind }: Incident): number {
  return (severity === 'crisis' ? 0 : 2) + (kind === 'lost-sight' ? 0 : 1)
}

/** What fired or ended last, and when. */
export function latestOf(
  incidents: readonly Incident[],
): { timeMs: number; incident: Incident } | null {
  let latest: { timeMs: number; incident: Incident } | null = null
  for (const incident of incidents) {
    const timeMs = incident.resolvedMs ?? beganMs(incident)
    if (latest === null || timeMs > latest.timeMs) latest = { timeMs, incident }
  }
  return latest
}
