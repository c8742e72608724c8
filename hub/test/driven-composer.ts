// What makes mails of notices, on a store of its own and with a clock that a test drives.
import pino from 'pino'
import type { AlertChanges, IncidentRecord, NewNotice } from '../src/alerts/ports.ts'
import type { Clock } from '../src/clock.ts'
import { Composing } from '../src/mail/composing.ts'
import { createLetterWriter, type LetterWriterParts } from '../src/mail/letter-writer.ts'
import type { IncidentFacts, MailLinks, OutboxMail } from '../src/mail/ports.ts'
import {
  changes,
  openSampleStore,
  resolved,
  sampleIncident,
  sampleNotice,
} from './sample-alerts.ts'

export const OPS = 'ops@example.org'
/** When its clock begins. */
export const START_MS = Date.UTC(2026, 10, 23, 13)
const links: MailLinks = {
  host: (id) => `https://vigie.example/hosts/${id}`,
  incident: (id) => `https://vigie.example/incidents?incident=${id}`,
  incidents: () => 'https://vigie.example/incidents',
  advisory: (reference) => `https://vigie.example/cert/${reference}`,
  advisories: () => 'https://vigie.example/cert',
  acknowledge: () => 'https://vigie.example/act#a',
  silence: () => 'https://vigie.example/act#s',
  settings: () => 'https://vigie.example/settings/mail',
}

class DrivenClock implements Clock {
  #ms = 0
  nowMs = (): number => START_MS + this.#ms
  elapsedMs = (): number => this.#ms
  pass(ms: number): void {
    this.#ms += ms
  }
}

export function factsOf(record: IncidentRecord): IncidentFacts {
  const host = record.hostId === null ? null : hostOf(record.hostId)
  return { ...record, remindEveryMs: null, host }
}

const hostOf = (id: number) => ({
  id,
  name: `web-${id}`,
  system: null,
  cores: null,
  memoryBytes: null,
  addresses: [],
  agentVersion: '0.1.0',
  uptimeMs: null,
  lastSeenMs: null,
})

export async function drivenComposer(
  options: { perHour?: number; letters?: Partial<LetterWriterParts> } = {},
) {
  const { store } = await openSampleStore()
  const clock = new DrivenClock()
  const silenced = new Set<number>()
  const folded = new Set<number>()
  const removed = new Set<string>()
  const state = { isCatchingUp: false, composed: 0 }
  const records = new Map<number, IncidentRecord>()
  const log = pino({ level: 'silent' })
  const writeLetter = createLetterWriter({
    incidents: {
      facts: (ids) =>
        Promise.resolve(
          ids.flatMap((id) => {
            const record = records.get(id)
            return record ? [factsOf(record)] : []
          }),
        ),
      evidence: () => Promise.resolve({ snapshots: [], otherOpen: [], chart: null }),
    },
    painter: { drawPng: () => Promise.reject(new Error('no paint')) },
    recipients: { find: () => undefined, list: () => [] },
    usual: { locale: 'en', zone: 'Europe/Paris' },
    links,
    log,
    ...options.letters,
  })
  const start = (): Composing =>
    new Composing({
      notices: store.notices,
      writeLetter,
      holds: {
        isSilenced: (id) => silenced.has(id),
        isFolded: (id) => folded.has(id),
        isCatchingUp: () => state.isCatchingUp,
        isMeant: ({ recipient }) => !removed.has(recipient),
      },
      clock,
      log,
      from: 'vigie@example.org',
      maxMailsPerHour: options.perHour ?? 20,
      onComposed: () => state.composed++,
    })
  let composing = start()

  return {
    store,
    clock,
    silenced,
    folded,
    removed,
    state,
    restart: () => void (composing = start()),

    async commit(change: Partial<AlertChanges>): Promise<void> {
      for (const incident of change.incidents ?? []) records.set(incident.id, incident)
      await store.alerts.commit(changes(change))
      composing.invalidate()
    },

    /** Opens incidents, each on the host of its number. */
    async open(ids: readonly number[], change: Partial<IncidentRecord> = {}): Promise<void> {
      await this.commit({
        incidents: ids.map((id) => sampleIncident(id, { hostId: id, ...change })),
        notices: ids.map((id) => this.notice(id)),
      })
    },

    async resolve(ids: readonly number[], change: Partial<IncidentRecord> = {}): Promise<void> {
      await this.commit({
        incidents: ids.map((id) =>
          sampleIncident(id, { hostId: id, ...resolved(clock.nowMs()), ...change }),
        ),
        notices: ids.map((id) => this.notice(id, { kind: 'resolved' })),
      })
    },

    notice: (id: number, change: Partial<NewNotice> = {}): NewNotice =>
      sampleNotice(id, { recipient: OPS, timeMs: clock.nowMs(), ...change }),

    /** Looks until the time has passed, as the composer's timer would. */
    async pass(ms: number): Promise<void> {
      const untilMs = clock.elapsedMs() + ms
      for (;;) {
        const waitMs = await composing.look()
        if (clock.elapsedMs() + waitMs > untilMs) break
        clock.pass(waitMs)
      }
      clock.pass(untilMs - clock.elapsedMs())
      await composing.look()
    },

    async mails(): Promise<OutboxMail[]> {
      return (await store.outbox.due(clock.nowMs(), 1000)).sort((one, other) => one.id - other.id)
    },
  }
}
