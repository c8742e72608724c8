// Owns how an open incident is told at the head of its host's page.
import { incidentWhat } from '@vigie/shared/alerts/incident-words'
import { capital } from '@vigie/shared/alerts/phrase'
import type { Incident } from '@vigie/shared/api/incident'
import { resolve } from '$app/paths'
import { formatMoment, formatUtc } from '../format/moment.ts'
import type { Locale } from '../i18n/languages.ts'
import { agePhrase, lastedMs } from '../incidents/incident-sentences.ts'
import { viewQuery } from '../incidents/incidents-view.ts'
import type { Say } from './plan/host-plan.ts'

export interface IncidentWords {
  readonly id: number
  readonly severity: Incident['severity']
  readonly severityWord: string
  readonly what: string
  /** Since when, and who has it. */
  readonly text: string
  readonly sinceUtc: string
  readonly href: string
}

export function incidentWords(
  incident: Incident,
  { nowMs, say, locale }: { nowMs: number; say: Say; locale: Locale },
): IncidentWords {
  const { id, severity, sinceMs, owner } = incident
  const since = say('incident.since', {
    time: formatMoment(sinceMs, nowMs, locale),
    age: agePhrase(lastedMs(incident, nowMs), locale),
  })
  return {
    id,
    severity,
    severityWord: say(`incident.${severity}`),
    what: capital(incidentWhat(incident, locale)),
    text: owner === null ? since : say('incident.taken', { since, owner }),
    sinceUtc: formatUtc(sinceMs),
    href: resolve('/incidents') + viewQuery({ id }),
  }
}
