// Owns when what was wrong with which host: one lane a host, a bar for each time.
import { incidentWhat } from '@vigie/shared/alerts/incident-words'
import { capital } from '@vigie/shared/alerts/phrase'
import type { Incident } from '@vigie/shared/api/incident'
import type { Severity } from '@vigie/shared/api/rule'
import type { Locale } from '../i18n/languages.ts'
import { beganMs, isOpen } from './incident-order.ts'

export interface LaneBar {
  readonly id: number
  readonly severity: Severity
  readonly what: string
  readonly fromMs: number
  /** Null: it goes on. */
  readonly toMs: number | null
}

export interface Lane {
  readonly id: number
  readonly name: string
  readonly bars: readonly LaneBar[]
}

/** Where a bar stands, as shares of the lane's width. */
export interface BarPlace {
  readonly left: number
  readonly width: number
}

/** Lanes of the incidents that touch a stretch of time: hosts with something open first, then by their newest. */
export function lanesOf(
  incidents: readonly Incident[],
  { fromMs, hubName, locale }: { fromMs: number; hubName: string; locale: Locale },
): Lane[] {
  const lanes = new Map<number, { id: number; name: string; bars: LaneBar[]; rank: number }>()
  for (const incident of incidents) {
    if (incident.resolvedMs !== null && incident.resolvedMs < fromMs) continue
    const id = incident.hostId ?? 0
    const name = incident.hostName ?? hubName
    const lane = lanes.get(id) ?? { id, name, bars: [], rank: 0 }
    lane.bars.push({
      id: incident.id,
      severity: incident.severity,
      what: capital(incidentWhat(incident, locale)),
      fromMs: beganMs(incident),
      toMs: incident.resolvedMs,
    })
    lane.rank = Math.max(lane.rank, isOpen(incident) ? Infinity : beganMs(incident))
    lanes.set(id, lane)
  }
  return [...lanes.values()]
    .sort((a, b) => (a.rank === b.rank ? a.name.localeCompare(b.name, 'en') : b.rank - a.rank))
    .map(({ id, name, bars }) => ({ id, name, bars: bars.sort(warningsFirst) }))
}

/** Within the stretch; a moment has no width, and is drawn as wide as can be seen. */
export function placeOf(
  { fromMs, toMs }: Pick<LaneBar, 'fromMs' | 'toMs'>,
  stretch: { readonly fromMs: number; readonly toMs: number },
): BarPlace {
  const spanMs = stretch.toMs - stretch.fromMs
  const share = (timeMs: number) => Math.min(1, Math.max(0, (timeMs - stretch.fromMs) / spanMs))
  const left = share(fromMs)
  return { left, width: share(toMs ?? stretch.toMs) - left }
}

// A crisis is drawn over the warnings that led to it.
function warningsFirst(a: LaneBar, b: LaneBar): number {
  return Number(a.severity === 'crisis') - Number(b.severity === 'crisis')
}
