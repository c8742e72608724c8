// Owns the case that most of the fleet vanishes together: it is the hub that sees nothing, and one incident says so (docs/alerts.md, D4).
import type { Clock } from '../clock.ts'
import type { DownRule } from './down-watch.ts'
import type { IncidentBook } from './incident-book.ts'
import type { AlertHost } from './ports.ts'
import type { SilenceMeter } from './silence-meter.ts'

export interface LostSightParts {
  readonly book: IncidentBook
  readonly clock: Clock
  readonly silence: SilenceMeter
}

export interface FoldedIncident {
  readonly incidentId: number
  readonly host: Pick<AlertHost, 'id' | 'name'>
}

const FEWEST_HOSTS = 3
/** Hosts that vanished together are not all silent for just as long. */
const TOGETHER_MS = 5000
const WAIT_FOR_REST_MS = 600_000

export class LostSight {
  readonly #parts: LostSightParts
  #incidentId: number | null = null
  /** Incidents of single hosts that are folded into it, and open. */
  readonly #folded = new Map<number, number>()
  #firstBackAtMs: number | null = null

  constructor(parts: LostSightParts) {
    this.#parts = parts
    const open = [...parts.book.list()].map(({ record }) => record)
    this.#incidentId = open.find(({ kind }) => kind === 'lost-sight')?.id ?? null
    if (this.#incidentId === null) return
    for (const { id, hostId, foldedInto } of open) {
      if (hostId !== null && foldedInto === this.#incidentId) this.#folded.set(id, hostId)
    }
  }

  /** The incident that speaks for a host that goes down now, which opens if need be; null when it is on its own. */
  foldOf(
    rule: DownRule,
    { hosts, downBefore }: { hosts: readonly AlertHost[]; downBefore: ReadonlySet<number> },
  ): number | null {
    if (!this.#isMost(rule, hosts, downBefore)) return null
    return (this.#incidentId ??= this.#open(rule))
  }

  fold(lostSightId: number, folded: readonly FoldedIncident[]): void {
    const { book } = this.#parts
    const record = book.get(lostSightId)?.record
    if (!record) return
    const { hostIds, names } = hostsOf(record.detail)
    const hosts = new Map(hostIds.map((id, index) => [id, names[index] ?? '']))
    let { sinceMs } = record
    const told = new Set<string>()
    for (const { incidentId, host } of folded) {
      const incident = book.get(incidentId)
      this.#folded.set(incidentId, host.id)
      hosts.set(host.id, host.name)
      sinceMs = Math.min(sinceMs, incident?.record.sinceMs ?? sinceMs)
      for (const recipient of incident?.told ?? []) told.add(recipient)
    }
    const detail = { hostIds: [...hosts.keys()], hosts: [...hosts.values()] }
    book.amend(lostSightId, { detail, sinceMs })
    book.tellToo(lostSightId, [...told])
  }

  /** Runs every second. */
  review(): void {
    const { book, clock } = this.#parts
    if (this.#incidentId === null) return
    const atMs = clock.elapsedMs()
    for (const incidentId of this.#folded.keys()) {
      if (book.get(incidentId)) continue
      this.#folded.delete(incidentId)
      this.#firstBackAtMs ??= atMs
    }
    const isOver =
      this.#folded.size === 0 ||
      (this.#firstBackAtMs !== null && atMs - this.#firstBackAtMs >= WAIT_FOR_REST_MS)
    if (!isOver) return
    book.resolve(this.#incidentId, { timeMs: clock.nowMs(), why: 'returned' })
    this.#incidentId = null
    this.#firstBackAtMs = null
    this.#folded.clear()
  }

  /** Of those that were up, whom nobody expected to leave; those that vanished before with the rest among them. */
  #isMost(rule: DownRule, hosts: readonly AlertHost[], downBefore: ReadonlySet<number>): boolean {
    const folded = new Set(this.#folded.values())
    const wasUp = hosts.filter(
      ({ id, lastSeenMs, goodbye }) =>
        lastSeenMs !== null && goodbye === null && (!downBefore.has(id) || folded.has(id)),
    )
    const silent = wasUp.filter((host) =>
      this.#parts.silence.isTooLong(rule.condition, host, TOGETHER_MS),
    )
    return silent.length >= FEWEST_HOSTS && silent.length > wasUp.length / 2
  }

  #open(rule: DownRule): number {
    const nowMs = this.#parts.clock.nowMs()
    const nothing = { hostId: null, series: '', value: null, worst: null, snapshots: [] }
    const detail = { hostIds: [], hosts: [] }
    return this.#parts.book.fire(
      { kind: 'lost-sight', rule, sinceMs: nowMs, detail, ...nothing },
      nowMs,
    )
  }
}

function hostsOf(detail: Readonly<Record<string, unknown>>): {
  hostIds: number[]
  names: string[]
} {
  const { hostIds, hosts } = detail
  return {
    hostIds: Array.isArray(hostIds) ? hostIds.filter((id) => typeof id === 'number') : [],
    names: Array.isArray(hosts) ? hosts.filter((name) => typeof name === 'string') : [],
  }
}
