// Owns every incident that is open, in memory, and each of its transitions: what is written of it, and who is to be told.
import type { ResolvedWhy } from '@vigie/shared/api/incident'
import type { Rule } from '@vigie/shared/api/rule'
import { isAmong } from '@vigie/shared/mail-address'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { Clock } from '../clock.ts'
import type { AlertMetrics } from './alert-metrics.ts'
import { ClosedIncidents } from './closed-incidents.ts'
import { IdsByHost } from './ids-by-host.ts'
import type { AlertChanges, IncidentRecord, NewEntry, NewNotice } from './ports.ts'

/** What an incident is of, and what is known of it as it begins. */
export interface IncidentSeed {
  readonly kind?: IncidentRecord['kind']
  readonly rule: Rule
  readonly hostId: number | null
  readonly series: string
  readonly sinceMs: number
  readonly value: number | null
  readonly worst: number | null
  readonly detail: IncidentRecord['detail']
  readonly foldedInto?: number | null
  readonly snapshots: readonly Snapshot[]
}

export interface OpenIncident {
  record: IncidentRecord
  /** Whose opening was written; they hear that it is over. */
  told: readonly string[]
  /** When the opening or a reminder was last written. */
  toldMs: number | null
  /** Whether there was a moment since it fired in which nothing kept its mail back. */
  wasFree: boolean
  isSilenced: boolean
}

export interface IncidentBookParts {
  readonly write: (changes: Partial<AlertChanges>) => void
  readonly recipientsOf: (rule: Rule) => readonly string[]
  readonly clock: Clock
  readonly metrics: AlertMetrics
  readonly lastId: number
  readonly open: readonly OpenIncident[]
  readonly closed: readonly IncidentRecord[]
}

export class IncidentBook {
  readonly closed: ClosedIncidents
  readonly #parts: IncidentBookParts
  readonly #open = new Map<number, OpenIncident>()
  readonly #ofHosts = new IdsByHost()
  #lastId: number

  constructor(parts: IncidentBookParts) {
    this.#parts = parts
    this.#lastId = parts.lastId
    this.closed = new ClosedIncidents(parts.closed)
    for (const incident of parts.open) {
      this.#set(incident)
      this.#count(incident.record, 1)
    }
  }

  list(): IterableIterator<OpenIncident> {
    return this.#open.values()
  }

  get(id: number): OpenIncident | undefined {
    return this.#open.get(id)
  }

  /** Open, or closed not long ago. */
  find(id: number): IncidentRecord | undefined {
    return this.#open.get(id)?.record ?? this.closed.get(id)
  }

  /** Of a host, open or closed not long ago. */
  ofHost(hostId: number): IncidentRecord[] {
    const open = this.#ofHosts.of(hostId).flatMap((id) => this.#open.get(id)?.record ?? [])
    return [...open, ...this.closed.ofHost(hostId)]
  }

  begin(seed: IncidentSeed): number {
    const record = this.#make(seed, { state: 'pending' })
    this.#set({ record, told: [], toldMs: null, wasFree: false, isSilenced: false })
    this.#parts.metrics.transitions.inc({ to: 'pending' })
    this.#write(record, [entry(record, 'pending', record.sinceMs)], [], seed.snapshots)
    return record.id
  }

  /** Of what was pending by the id that `begin` gave, or of what was not written as pending. */
  fire(seed: IncidentSeed, firedMs: number, pendingId: number | null = null): number {
    const pending = pendingId === null ? undefined : this.#open.get(pendingId)?.record
    const record = this.#make(seed, { state: 'firing', firedMs }, pending)
    const told = this.#parts.recipientsOf(seed.rule)
    const toldMs = told.length > 0 ? this.#parts.clock.nowMs() : null
    this.#set({ record, told, toldMs, wasFree: false, isSilenced: false })
    this.#count(record, 1)
    this.#parts.metrics.transitions.inc({ to: 'firing' })
    const entries = [entry(record, 'fired', firedMs)]
    const wasShort = pending === undefined && record.sinceMs < firedMs
    if (wasShort) entries.unshift(entry(record, 'pending', record.sinceMs))
    this.#write(record, entries, this.#notices(record.id, 'opened', told), seed.snapshots)
    return record.id
  }

  /** Whoever else must know of an incident that is firing. */
  tellToo(id: number, recipients: readonly string[]): void {
    const incident = this.#open.get(id)
    if (!incident) return
    const others = recipients.filter((recipient) => !isAmong(incident.told, recipient))
    if (others.length === 0) return
    incident.told = [...incident.told, ...others]
    this.#parts.write({ notices: this.#notices(id, 'opened', others) })
  }

  /** To whom it means now; of them, who was never told of it hears that it began. */
  remind(id: number, meant: readonly string[]): void {
    const incident = this.#open.get(id)
    if (!incident || meant.length === 0) return
    const known = incident.told.filter((recipient) => isAmong(meant, recipient))
    incident.toldMs = this.#parts.clock.nowMs()
    this.#write(incident.record, [], this.#notices(id, 'reminder', known))
    this.tellToo(id, meant)
  }

  resolve(
    id: number,
    { timeMs, why, worst }: { timeMs: number; why: ResolvedWhy; worst?: number | null },
  ): void {
    const incident = this.#open.get(id)
    if (!incident) return
    const { record, told } = incident
    const resolvedMs = Math.max(timeMs, record.firedMs ?? timeMs)
    const closed: IncidentRecord = {
      ...record,
      state: 'resolved',
      resolvedMs,
      resolvedWhy: why,
      worst: worst ?? record.worst,
    }
    this.#close(closed)
    this.#write(
      closed,
      [entry(closed, 'resolved', resolvedMs)],
      this.#notices(id, 'resolved', told),
    )
  }

  /** Nothing came of what was pending. */
  forget(id: number): void {
    const incident = this.#open.get(id)
    if (!incident) return
    this.#drop(incident.record)
    this.#parts.metrics.transitions.inc({ to: 'forgotten' })
    this.#parts.write({ forgotten: [id] })
  }

  /** Of what is over already when it is learnt of: it is told as opened and, unless it is of a moment, as resolved. */
  recount(seed: IncidentSeed, over: { firedMs: number; resolvedMs: number; why: ResolvedWhy }) {
    const { firedMs, resolvedMs, why } = over
    const end = { state: 'resolved', firedMs, resolvedMs, resolvedWhy: why } as const
    const record = this.#make(seed, end)
    const told = this.#parts.recipientsOf(seed.rule)
    const entries = [entry(record, 'fired', firedMs)]
    const notices = this.#notices(record.id, 'opened', told)
    if (why !== 'over') {
      entries.push(entry(record, 'resolved', resolvedMs))
      notices.push(...this.#notices(record.id, 'resolved', told))
    }
    this.#parts.metrics.transitions.inc({ to: 'firing' })
    this.#close(record)
    this.#write(record, entries, notices, seed.snapshots)
  }

  /** What is learnt of an incident without a transition; `entry` says it in its timeline. */
  amend(
    id: number,
    change: Partial<IncidentRecord>,
    said?: Pick<NewEntry, 'kind' | 'who' | 'text'>,
  ): IncidentRecord | undefined {
    const incident = this.#open.get(id)
    if (!incident) return undefined
    const record = { ...incident.record, ...change }
    incident.record = record
    const timeMs = this.#parts.clock.nowMs()
    this.#write(record, said ? [{ incidentId: id, timeMs, ...said }] : [], [])
    return record
  }

  /** A person's words about an incident, which may be over. */
  note(id: number, who: string, text: string): void {
    const timeMs = this.#parts.clock.nowMs()
    this.#parts.write({ entries: [{ incidentId: id, timeMs, kind: 'note', who, text }] })
  }

  /** Whether an id was ever given. */
  knows(id: number): boolean {
    return id > 0 && id <= this.#lastId
  }

  #make(
    { rule, ...seed }: IncidentSeed,
    end: Pick<IncidentRecord, 'state'> & Partial<IncidentRecord>,
    pending?: IncidentRecord,
  ): IncidentRecord {
    const { id: ruleId, key, name, condition, severity } = rule
    return {
      id: pending?.id ?? ++this.#lastId,
      kind: seed.kind ?? 'incident',
      rule: { id: ruleId, key, name, condition },
      severity,
      hostId: seed.hostId,
      series: seed.series,
      sinceMs: seed.sinceMs,
      firedMs: null,
      acknowledgedMs: null,
      owner: null,
      resolvedMs: null,
      resolvedWhy: null,
      value: seed.value,
      worst: seed.worst,
      detail: seed.detail,
      foldedInto: seed.foldedInto ?? null,
      ...end,
    }
  }

  #set(incident: OpenIncident): void {
    this.#open.set(incident.record.id, incident)
    this.#ofHosts.add(incident.record)
  }

  #drop(record: IncidentRecord): void {
    this.#open.delete(record.id)
    this.#ofHosts.delete(record)
  }

  #close(record: IncidentRecord): void {
    const incident = this.#open.get(record.id)
    if (incident) this.#count(incident.record, -1)
    this.#drop(record)
    this.closed.add(record)
    this.#parts.metrics.transitions.inc({ to: 'resolved' })
  }

  #notices(incidentId: number, kind: NewNotice['kind'], to: readonly string[]): NewNotice[] {
    const timeMs = this.#parts.clock.nowMs()
    return to.map((recipient) => ({ incidentId, kind, recipient, timeMs }))
  }

  #write(
    record: IncidentRecord,
    entries: readonly NewEntry[],
    notices: readonly NewNotice[],
    snapshots: readonly Snapshot[] = [],
  ): void {
    const evidence = snapshots.length > 0 ? [{ incidentId: record.id, snapshots }] : []
    this.#parts.write({ incidents: [record], entries, notices, evidence })
  }

  #count({ severity, firedMs }: IncidentRecord, change: 1 | -1): void {
    if (firedMs !== null) this.#parts.metrics.open.inc({ severity }, change)
  }
}

function entry(
  { id }: IncidentRecord,
  kind: 'pending' | 'fired' | 'resolved',
  timeMs: number,
): NewEntry {
  return { incidentId: id, timeMs, kind, who: null, text: null }
}
