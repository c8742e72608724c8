// Owns incidents as a file for spreadsheets: one line an incident, times in UTC, values in their metric's unit.
import { incidentTitle } from '@vigie/shared/alerts/incident-words'
import { ruleName } from '@vigie/shared/alerts/rule-names'
import type { Incident } from '@vigie/shared/api/incident'
import type { Locale } from '../i18n/languages.ts'

const HEADS = [
  'id',
  'severity',
  'title',
  'rule',
  'host',
  'series',
  'state',
  'since_utc',
  'fired_utc',
  'resolved_utc',
  'ended_by',
  'owner',
  'value',
  'worst',
  'mails_delivered',
  'mails_refused',
]

export function incidentCsv(incidents: readonly Incident[], locale: Locale): string {
  const lines = incidents.map((incident) => {
    const { id, severity, hostName, series, state, owner, value, worst, mail } = incident
    return [
      id,
      severity,
      incidentTitle(incident, locale),
      ruleName(incident.rule, locale),
      hostName,
      series,
      state,
      utc(incident.sinceMs),
      utc(incident.firedMs),
      utc(incident.resolvedMs),
      incident.resolvedWhy,
      owner,
      value,
      worst,
      mail.delivered,
      mail.refused,
    ]
  })
  return [HEADS, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

function utc(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString()
}

// RFC 4180. A sign that a spreadsheet would take for a formula is text: names are not ours to trust.
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
