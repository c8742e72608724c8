// An incident for tests, of a host that is down unless told otherwise.
import type { Incident } from '@vigie/shared/api/incident'

export const FIRED_MS = Date.UTC(2026, 10, 23, 13, 8, 2)

export function incidentOf(id: number, part: Partial<Incident> = {}): Incident {
  return {
    id,
    kind: 'incident',
    rule: {
      id: 1,
      key: 'host-down',
      name: 'Host down',
      condition: { type: 'down', graceMs: 30_000, stoppedGraceMs: null },
    },
    severity: 'crisis',
    hostId: 3,
    hostName: 'web-3',
    series: '',
    state: 'firing',
    sinceMs: FIRED_MS - 30_000,
    firedMs: FIRED_MS,
    acknowledgedMs: null,
    owner: null,
    resolvedMs: null,
    resolvedWhy: null,
    value: 30,
    worst: 30,
    detail: {},
    isSilenced: false,
    foldedInto: null,
    mail: { waiting: 0, delivered: 3, refused: 0, tookMs: 2000, nextMs: null },
    ...part,
  }
}

/** A filesystem that is nearly full. */
export function fullDisk(id: number, part: Partial<Incident> = {}): Incident {
  return incidentOf(id, {
    rule: {
      id: 2,
      key: 'filesystem-nearly-full',
      name: 'Filesystem nearly full',
      condition: {
        type: 'metric',
        metric: 'system.filesystem.utilization',
        attributes: { 'system.filesystem.mountpoint': '*' },
        statistic: 'last',
        windowMs: 0,
        operator: '>',
        threshold: 0.9,
        clearAt: 0.85,
        forMs: 300_000,
        clearForMs: 0,
        onlyIfChanged: false,
      },
    },
    severity: 'warning',
    hostId: 4,
    hostName: 'db-1',
    series: 'system.filesystem.utilization{system.filesystem.mountpoint="/var"}',
    value: 0.91,
    worst: 0.93,
    ...part,
  })
}
