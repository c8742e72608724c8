// Owns the incidents that are not resolved as people see them, kept ready: the page is told of changes as they are.
import type { Incident, IncidentMail } from '@vigie/shared/api/incident'
import type { FastifyBaseLogger } from 'fastify'
import type { IncidentRecord } from './alerts/ports.ts'

export interface IncidentBoardParts {
  readonly alerts: {
    open(): readonly IncidentRecord[]
    /** Calls with what is new or changed, and with what is not open any more; returns how to end that. */
    onChange(
      listener: (changed: readonly IncidentRecord[], closedIds: readonly number[]) => void,
    ): () => void
    readonly holds: { isSilenced(incidentId: number): boolean }
  }
  readonly records: { mailOf(incidentIds: readonly number[]): Promise<Map<number, IncidentMail>> }
  readonly hostName: (hostId: number) => string | null
  readonly log: FastifyBaseLogger
}

export interface IncidentChanges {
  readonly changed: readonly Incident[]
  readonly removed: readonly number[]
}

const NO_MAIL: IncidentMail = { waiting: 0, delivered: 0, refused: 0, tookMs: null, nextMs: null }
/** What changes within it is looked up together. */
const GATHER_MS = 100
/** Silences begin and end by themselves. */
const LOOK_MS = 5000

export type IncidentBoard = Awaited<ReturnType<typeof createIncidentBoard>>

/** Has a timer and listens to alerts; `close` ends both. */
export async function createIncidentBoard({ alerts, records, hostName, log }: IncidentBoardParts) {
  const listeners = new Set<(changes: IncidentChanges) => void>()
  const board = new Map<number, Incident>()
  const stale = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const viewOf = (record: IncidentRecord, mail: IncidentMail | undefined): Incident => ({
    ...record,
    hostName: record.hostId === null ? null : hostName(record.hostId),
    isSilenced: record.state !== 'resolved' && alerts.holds.isSilenced(record.id),
    mail: mail ?? NO_MAIL,
  })
  const viewsOf = async (found: readonly IncidentRecord[]): Promise<Incident[]> => {
    const mails = await records.mailOf(found.map(({ id }) => id))
    return found.map((record) => viewOf(record, mails.get(record.id)))
  }

  const renew = async (): Promise<void> => {
    const ids = new Set(stale)
    stale.clear()
    const views = await viewsOf(alerts.open().filter(({ id }) => ids.has(id)))
    for (const view of views) {
      board.set(view.id, view)
      ids.delete(view.id)
    }
    const removed = [...ids].filter((id) => board.delete(id))
    const changed = views.filter(({ state }) => state !== 'pending')
    if (isClosed || changed.length + removed.length === 0) return
    for (const listener of listeners) listener({ changed, removed })
  }
  const touch = (ids: Iterable<number>): void => {
    for (const id of ids) stale.add(id)
    if (stale.size === 0 || isClosed) return
    timer ??= setTimeout(() => {
      renew()
        .catch((error: unknown) => log.error({ err: error }, 'incidents could not be shown'))
        .finally(() => {
          timer = undefined
          touch([])
        })
    }, GATHER_MS)
  }

  for (const view of await viewsOf(alerts.open())) board.set(view.id, view)
  const stopListening = alerts.onChange((changed, closedIds) =>
    touch([...changed.map(({ id }) => id), ...closedIds]),
  )
  const looking = setInterval(() => {
    const turned = [...board.values()].filter(
      ({ id, isSilenced }) => alerts.holds.isSilenced(id) !== isSilenced,
    )
    touch(turned.map(({ id }) => id))
  }, LOOK_MS).unref()

  return {
    viewsOf,

    /** Pending ones among them; as they are at this moment, with their mails as last looked up. */
    current: (): Incident[] =>
      alerts.open().map((record) => viewOf(record, board.get(record.id)?.mail)),

    /** Firing or acknowledged. */
    open: (): Incident[] => [...board.values()].filter(({ state }) => state !== 'pending'),

    onChange(listener: (changes: IncidentChanges) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    /** How mails stand, or what is silenced, has changed: of these, or of all. */
    renew: (ids: Iterable<number> = board.keys()) => touch(ids),

    close(): void {
      isClosed = true
      clearTimeout(timer)
      clearInterval(looking)
      stopListening()
      listeners.clear()
    },
  }
}
