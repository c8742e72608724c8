// Owns what is marked in every chart of a host: reboots, and incidents where they fired.
import { incidentWhat } from '@vigie/shared/alerts/incident-words'
import { capital } from '@vigie/shared/alerts/phrase'
import type { Incident } from '@vigie/shared/api/incident'
import { resolve } from '$app/paths'
import type { Marker } from '../chart/samples.ts'
import { formatMoment } from '../format/moment.ts'
import type { Locale } from '../i18n/languages.ts'
import { eachOnce } from '../incidents/incident-order.ts'
import { viewQuery } from '../incidents/incidents-view.ts'
import type { Holes } from './host-holes.svelte.ts'
import type { Say } from './plan/host-plan.ts'

interface Speaker {
  readonly nowMs: number
  readonly say: Say
  readonly locale: Locale
}

/** `open` is newer than what was read of the stretch in sight. */
export function hostMarkers(
  { reboots, incidents }: Pick<Holes, 'reboots' | 'incidents'>,
  open: readonly Incident[],
  speaker: Speaker,
): Marker[] {
  const { nowMs, say, locale } = speaker
  const fired = eachOnce(incidents, open).flatMap((incident) => markerOf(incident, speaker) ?? [])
  return [
    ...reboots.map((timeMs) => ({
      timeMs,
      kind: 'reboot' as const,
      label: say('marker.reboot', { time: formatMoment(timeMs, nowMs, locale) }),
    })),
    ...fired,
  ]
}

// What has not fired is no incident yet.
function markerOf(incident: Incident, { nowMs, say, locale }: Speaker): Marker | null {
  const { id, severity, firedMs, resolvedMs, resolvedWhy } = incident
  if (firedMs === null) return null
  const from = formatMoment(firedMs, nowMs, locale)
  const to = resolvedMs === null ? say('incident.now') : formatMoment(resolvedMs, nowMs, locale)
  const what = capital(incidentWhat(incident, locale))
  return {
    timeMs: firedMs,
    kind: severity,
    label: say('marker.incident', {
      what: `${what} (${say(`incident.${severity}`)})`,
      time: resolvedWhy === 'over' ? from : `${from} – ${to}`,
    }),
    href: resolve('/incidents') + viewQuery({ id }),
  }
}
