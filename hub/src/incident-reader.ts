// Owns what is told of an incident beyond its record: its host, the hour before it as values, who was busy, what else is wrong.
import type { HostDetail, History } from '@vigie/shared/api/host'
import type { IncidentRule } from '@vigie/shared/api/incident'
import { measureHistory, operandsOf } from '@vigie/shared/metrics/measure'
import { parseSeries } from '@vigie/shared/metrics/series'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { IncidentRecord } from './alerts/ports.ts'
import type { Clock } from './clock.ts'
import type { HostFacts, IncidentChart, IncidentFacts, IncidentReader } from './mail/ports.ts'

export interface IncidentReaderParts {
  readonly records: {
    getAll(ids: readonly number[]): Promise<readonly IncidentRecord[]>
    snapshots(id: number): Promise<readonly Snapshot[]>
  }
  readonly alerts: {
    /** As they stand now, those that are not resolved. */
    open(): readonly IncidentRecord[]
    rules(): readonly { readonly id: number; readonly remindEveryMs: number | null }[]
  }
  readonly fleet: { detail(id: number): Promise<HostDetail | undefined> }
  readonly history: {
    buckets(query: {
      hostId: number
      fromMs: number
      toMs: number
      series: readonly string[]
      points: number
      intervalMs: number
    }): Promise<History>
  }
  readonly clock: Clock
}

export interface ChartRange {
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

const HOUR_MS = 3_600_000
const POINTS = 240
/** A page shows what came after, too. */
const AFTER_MS = HOUR_MS
/** What says most of a host that fell silent: the first of them that it has. */
const TELLING_SERIES = [
  'system.linux.memory.available.utilization',
  'system.cpu.utilization',
] as const

export function createIncidentReader(parts: IncidentReaderParts) {
  const { records, alerts, fleet, history, clock } = parts

  const find = async (ids: readonly number[]): Promise<IncidentRecord[]> => {
    const known = new Map(alerts.open().map((incident) => [incident.id, incident]))
    const closed = await records.getAll(ids.filter((id) => !known.has(id)))
    for (const incident of closed) known.set(incident.id, incident)
    return ids.flatMap((id) => known.get(id) ?? [])
  }

  const factsOf = async (incidents: readonly IncidentRecord[]): Promise<IncidentFacts[]> => {
    const reminders = new Map(alerts.rules().map((rule) => [rule.id, rule.remindEveryMs]))
    return Promise.all(
      incidents.map(async (incident) => {
        const host = incident.hostId === null ? undefined : await fleet.detail(incident.hostId)
        return {
          ...incident,
          remindEveryMs: reminders.get(incident.rule.id) ?? null,
          host: host ? hostFacts(host) : null,
        }
      }),
    )
  }

  /** The range is up to an hour before the incident fired and, for a page, what has followed so far. */
  const chart = async (
    incident: IncidentRecord,
    { fromMs, toMs }: ChartRange = rangeOf(incident, clock.nowMs()),
  ): Promise<IncidentChart | null> => {
    const host = incident.hostId === null ? undefined : await fleet.detail(incident.hostId)
    if (!host) return null
    for (const series of seriesOf(incident)) {
      const parsed = parseSeries(series)
      if (!parsed) continue
      const { stepMs, ...found } = await history.buckets({
        hostId: host.id,
        fromMs,
        toMs,
        series: operandsOf(parsed),
        points: POINTS,
        intervalMs: host.intervalMs,
      })
      const measured = measureHistory(parsed, found.series).find((each) => each.series === series)
      if (!measured) continue
      const threshold = thresholdOf(incident.rule)
      const { values } = measured
      return { series, fromMs: found.fromMs, stepMs, values, threshold, markMs: incident.firedMs }
    }
    return null
  }

  const reader: IncidentReader = {
    facts: async (incidentIds) => factsOf(await find(incidentIds)),

    async evidence(incidentId) {
      const [incident] = await find([incidentId])
      if (!incident) return { snapshots: [], otherOpen: [], chart: null }
      const { hostId } = incident
      const others = alerts
        .open()
        .filter(({ id, state }) => id !== incidentId && state !== 'pending')
        .filter((other) => hostId !== null && other.hostId === hostId)
      const toMs = incident.firedMs ?? clock.nowMs()
      return {
        snapshots: await records.snapshots(incidentId),
        otherOpen: await factsOf(others),
        chart: await chart(incident, { fromMs: toMs - HOUR_MS, toMs: toMs + 1000 }),
      }
    },
  }
  return { ...reader, chart }
}

function rangeOf({ firedMs, sinceMs, resolvedMs }: IncidentRecord, nowMs: number): ChartRange {
  const beganMs = firedMs ?? sinceMs
  const endMs = Math.min(nowMs, (resolvedMs ?? nowMs) + AFTER_MS / 4, beganMs + AFTER_MS)
  return { fromMs: beganMs - HOUR_MS, toMs: Math.max(endMs, beganMs + 1000) }
}

function seriesOf({ series }: IncidentRecord): readonly string[] {
  return series === '' ? TELLING_SERIES : [series]
}

function thresholdOf({ condition }: IncidentRule): number | null {
  return condition.type === 'metric' ? condition.threshold : null
}

function hostFacts(host: HostDetail): HostFacts {
  const { inventory } = host
  const uptimeS = host.values['system.uptime']
  return {
    id: host.id,
    name: host.name,
    system: host.system,
    cores: inventory?.cpu.logicalCount ?? null,
    memoryBytes: inventory?.memoryBytes ?? null,
    addresses: inventory?.interfaces.flatMap(({ addresses }) => addresses) ?? [],
    agentVersion: host.agentVersion,
    uptimeMs: uptimeS === undefined ? null : Math.round(uptimeS * 1000),
    lastSeenMs: host.lastSeenMs,
  }
}

export type FullIncidentReader = ReturnType<typeof createIncidentReader>
