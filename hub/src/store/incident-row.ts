// Owns how an incident lies in its table. What its processes were is read by itself: it is larger than all the rest.
import type {
  IncidentKind,
  IncidentRule,
  IncidentState,
  ResolvedWhy,
} from '@vigie/shared/api/incident'
import type { Severity } from '@vigie/shared/api/rule'
import type { Insertable, Selectable } from 'kysely'
import type { IncidentRecord } from '../alerts/ports.ts'
import type { IncidentTable } from './schema.ts'

export const INCIDENT_COLUMNS = [
  'id',
  'kind',
  'rule_json',
  'severity',
  'host_id',
  'series',
  'state',
  'since_ms',
  'fired_ms',
  'acknowledged_ms',
  'owner',
  'resolved_ms',
  'resolved_why',
  'value',
  'worst',
  'detail_json',
  'folded_into',
] as const satisfies readonly (keyof IncidentTable)[]

type IncidentRow = Pick<Selectable<IncidentTable>, (typeof INCIDENT_COLUMNS)[number]>

export function incidentOf(row: IncidentRow): IncidentRecord {
  return {
    id: row.id,
    kind: row.kind as IncidentKind,
    rule: JSON.parse(row.rule_json) as IncidentRule,
    severity: row.severity as Severity,
    hostId: row.host_id,
    series: row.series,
    state: row.state as IncidentState,
    sinceMs: row.since_ms,
    firedMs: row.fired_ms,
    acknowledgedMs: row.acknowledged_ms,
    owner: row.owner,
    resolvedMs: row.resolved_ms,
    resolvedWhy: row.resolved_why as ResolvedWhy | null,
    value: row.value,
    worst: row.worst,
    detail: JSON.parse(row.detail_json) as Record<string, unknown>,
    foldedInto: row.folded_into,
  }
}

export function incidentRow(incident: IncidentRecord): Insertable<IncidentTable> {
  return {
    id: incident.id,
    kind: incident.kind,
    rule_json: JSON.stringify(incident.rule),
    severity: incident.severity,
    host_id: incident.hostId,
    series: incident.series,
    state: incident.state,
    since_ms: incident.sinceMs,
    fired_ms: incident.firedMs,
    acknowledged_ms: incident.acknowledgedMs,
    owner: incident.owner,
    resolved_ms: incident.resolvedMs,
    resolved_why: incident.resolvedWhy,
    value: incident.value,
    worst: incident.worst,
    detail_json: JSON.stringify(incident.detail),
    folded_into: incident.foldedInto,
  }
}
