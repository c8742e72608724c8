// Owns what people read of incidents and do with them, for the API.
import type { Incident, IncidentDetail } from '@vigie/shared/api/incident'
import type { Alerts } from './alerts/alerts.ts'
import type { Incidents } from './api/alert-ports.ts'
import type { IncidentBoard } from './incident-board.ts'
import type { FullIncidentReader } from './incident-reader.ts'
import type { Store } from './store/store.ts'

export interface IncidentDeskParts {
  readonly alerts: Alerts
  readonly board: IncidentBoard
  readonly reader: FullIncidentReader
  readonly records: Store['alerts']
}

export function createIncidentDesk({ alerts, board, reader, records }: IncidentDeskParts) {
  const get = async (id: number): Promise<Incident | undefined> => {
    const record = await records.get(id)
    return record && (await board.viewsOf([record]))[0]
  }

  /** When it is told again, if nothing changes; null when it is not. */
  const reminderMs = async ({ id, state, rule }: Incident): Promise<number | null> => {
    const kept = alerts.rules().find((each) => each.id === rule.id)
    if (state !== 'firing' || !kept?.remindEveryMs) return null
    const toldMs = (await records.lastTold([id])).get(id)
    return toldMs === undefined ? null : toldMs + kept.remindEveryMs
  }

  return {
    current: () => board.current(),
    page: async (query) => board.viewsOf(await records.page(query)),
    get,

    async detail(id): Promise<IncidentDetail | undefined> {
      const record = await records.get(id)
      const [incident] = record ? await board.viewsOf([record]) : []
      if (!record || !incident) return undefined
      const dueMs = await reminderMs(incident)
      const chart = await reader.chart(record)
      return {
        ...incident,
        timeline: [
          ...(await records.entries(id)),
          ...(dueMs === null
            ? []
            : [{ timeMs: dueMs, kind: 'reminder-due' as const, who: null, text: null }]),
        ],
        snapshots: await records.snapshots(id),
        chart: chart && { ...chart, values: [...chart.values] },
      }
    },

    acknowledge: (id, request) => alerts.acknowledge(id, request),
    handOver: (id, request) => alerts.handOver(id, request),
    /** An id may have been given to what was pending and came to nothing, or be of long ago. */
    addNote: async (id, request) =>
      (await records.get(id)) ? alerts.addNote(id, request) : 'unknown',
  } satisfies Incidents
}
