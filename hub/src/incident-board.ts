// Owns the incidents that are not resolved as people see them, kept ready: the page is told of changes as they are.
import { isDeepStrictEqual } from 'node:util'
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
/** After the database did not answer. */
const RETRY_MS = 5000

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

  const renew = async (ids: ReadonlySet<number>): Promise<void> => {
    const views = await viewsOf(alerts.open().filter(({ id }) => ids.has(id)))
    const open = new Set(views.map(({ id }) => id))
    const removed = [...ids].filter((id) => !open.has(id) && board.delete(id))
    // Each mail that is tried may be about any of them; in a storm most are as they were.
    const changed = views.filter((view) => !isDeepStrictEqual(view, board.get(view.id)))
    for (const view of changed) board.set(view.id, view)
    const shown = changed.filter(({ state }) => state !== 'pending')
    if (isClosed || shown.length + removed.length === 0) return
    for (const listener of listeners) listener({ changed: shown, removed })
  }
  const renewStale = async (): Promise<void> => {
    const ids = new Set(stale)
    stale.clear()
    let delayMs = GATHER_MS
    try {
      await renew(ids)
    } catch (error) {
      log.error({ err: error }, 'incidents could not be shown; trying again')
      for (const id of ids) stale.add(id)
      delayMs = RETRY_MS
    }
    timer = undefined
    touch([], delayMs)
  }
  const touch = (ids: Iterable<number>, delayMs = GATHER_MS): void => {
    for (const id of ids) stale.add(id)
    if (stale.size === 0 || isClosed) return
    timer ??= setTimeout(() => void renewStale(), delayMs)
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
