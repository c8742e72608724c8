// Owns the keys of the page of incidents.
import type { KeyRow } from '../keys/key-table.ts'

interface IncidentRow {
  readonly read: () => void
}

/** On a row. */
export const INCIDENT_ROW_KEYS: readonly KeyRow<IncidentRow>[] = [
  { keys: ['Enter'], words: 'keyReadIncident', run: ({ read }) => read() },
]

interface IncidentsPage {
  /** False when there is nothing to take. */
  readonly take: () => boolean
}

/** Anywhere on the page. */
export const INCIDENT_KEYS: readonly KeyRow<IncidentsPage>[] = [
  { keys: ['t'], words: 'keyTake', run: ({ take }) => take() },
]
