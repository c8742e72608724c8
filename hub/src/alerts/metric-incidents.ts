// Owns what comes of machines: the pending ones, kept to themselves until they have lasted, and the incidents that follow.
import type { ResolvedWhy } from '@vigie/shared/api/incident'
import type { Rule } from '@vigie/shared/api/rule'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { Clock } from '../clock.ts'
import type { IncidentBook, IncidentSeed } from './incident-book.ts'
import type { Outcome } from './machine.ts'
import type { Watch } from './watch.ts'

interface Pending {
  readonly hostId: number
  readonly rule: Rule
  readonly beganAtMs: number
  /** Taken when it is written. */
  snapshots: readonly Snapshot[]
  /** Null while it has not been written. */
  incidentId: number | null
}

interface Firing {
  readonly hostId: number
  readonly incidentId: number
}

export interface MetricIncidentsParts {
  readonly book: IncidentBook
  readonly clock: Clock
  /** Of the last minute, oldest first. */
  readonly recentSnapshots: (hostId: number) => readonly Snapshot[]
}

/** A value that flaps is nothing to write down (docs/alerts.md, A8). */
const WRITE_PENDING_AFTER_MS = 5000
const WRITE_WORST_EVERY_MS = 60_000

export class MetricIncidents {
  readonly #parts: MetricIncidentsParts
  readonly #pending = new Map<Watch, Pending>()
  readonly #firing = new Map<Watch, Firing>()
  #worstWrittenAtMs: number

  constructor(parts: MetricIncidentsParts) {
    this.#parts = parts
    this.#worstWrittenAtMs = parts.clock.elapsedMs()
  }

  /** What was open as the hub began. */
  restore(watch: Watch, at: { hostId: number; rule: Rule; incidentId: number }): void {
    const { hostId, rule, incidentId } = at
    if (watch.machine.state === 'firing') this.#firing.set(watch, { hostId, incidentId })
    else {
      const beganAtMs = this.#parts.clock.elapsedMs()
      this.#pending.set(watch, { hostId, rule, beganAtMs, snapshots: [], incidentId })
    }
  }

  onOutcome(
    watch: Watch,
    outcome: NonNullable<Outcome>,
    at: { hostId: number; rule: Rule; timeMs: number; detail: () => Record<string, unknown> },
  ): void {
    switch (outcome) {
      case 'pending':
        this.#forget(watch)
        this.#pending.set(watch, {
          hostId: at.hostId,
          rule: at.rule,
          beganAtMs: this.#parts.clock.elapsedMs(),
          snapshots: [],
          incidentId: null,
        })
        return
      case 'forgotten':
        this.#forget(watch)
        return
      case 'fired':
        this.fire(watch, at)
        return
      case 'resolved':
        this.#resolve(watch, at.timeMs, 'cleared')
    }
  }

  /** Of a machine that is firing from now on. */
  fire(
    watch: Watch,
    at: { hostId: number; rule: Rule; timeMs: number; detail: () => Record<string, unknown> },
  ): void {
    const pending = this.#pending.get(watch)
    this.#pending.delete(watch)
    const { book, recentSnapshots } = this.#parts
    const snapshots = joined(pending?.snapshots ?? [], recentSnapshots(at.hostId))
    const seed = { ...seedOf(watch, at), detail: at.detail(), snapshots }
    const incidentId = book.fire(seed, at.timeMs, pending?.incidentId)
    this.#firing.set(watch, { hostId: at.hostId, incidentId })
  }

  /** From outside: the series is gone, or no rule means it any more. */
  end(watch: Watch, timeMs: number, why: ResolvedWhy): void {
    watch.machine.end(timeMs)
    this.#forget(watch)
    this.#resolve(watch, timeMs, why)
  }

  /** Late ticks tell that it was beyond before. */
  movedBack(watch: Watch): void {
    const { sinceMs } = watch.machine
    const id = this.incidentOf(watch)
    if (id !== null && sinceMs !== null) this.#parts.book.amend(id, { sinceMs })
  }

  /** Another watch goes on for one that is no more; what was pending there is forgotten without it. */
  replace(before: Watch, watch?: Watch): void {
    const firing = this.#firing.get(before)
    this.#firing.delete(before)
    if (firing && watch) this.#firing.set(watch, firing)
    this.#forget(before)
  }

  /** Null while nothing is written of it. */
  incidentOf(watch: Watch): number | null {
    return this.#firing.get(watch)?.incidentId ?? this.#pending.get(watch)?.incidentId ?? null
  }

  /** Every machine that is not well, with its host. */
  *open(): Iterable<readonly [watch: Watch, hostId: number]> {
    for (const [watch, { hostId }] of this.#pending) yield [watch, hostId]
    for (const [watch, { hostId }] of this.#firing) yield [watch, hostId]
  }

  review(): void {
    const nowAtMs = this.#parts.clock.elapsedMs()
    for (const [watch, pending] of this.#pending) {
      if (pending.incidentId !== null) continue
      if (nowAtMs - pending.beganAtMs < WRITE_PENDING_AFTER_MS) continue
      const snapshots = this.#parts.recentSnapshots(pending.hostId)
      pending.snapshots = snapshots
      pending.incidentId = this.#parts.book.begin({ ...seedOf(watch, pending), snapshots })
    }
    if (nowAtMs - this.#worstWrittenAtMs < WRITE_WORST_EVERY_MS) return
    this.#worstWrittenAtMs = nowAtMs
    for (const [watch, { incidentId }] of this.#firing) {
      const worst = numberOrNull(watch.worst)
      const known = this.#parts.book.get(incidentId)?.record
      if (known && known.worst !== worst) this.#parts.book.amend(incidentId, { worst })
    }
  }

  #forget(watch: Watch): void {
    const id = this.#pending.get(watch)?.incidentId
    this.#pending.delete(watch)
    if (typeof id === 'number') this.#parts.book.forget(id)
  }

  #resolve(watch: Watch, timeMs: number, why: ResolvedWhy): void {
    const id = this.#firing.get(watch)?.incidentId
    this.#firing.delete(watch)
    if (id === undefined) return
    this.#parts.book.resolve(id, { timeMs, why, worst: numberOrNull(watch.worst) })
  }
}

function seedOf(
  watch: Watch,
  { hostId, rule }: { hostId: number; rule: Rule },
): Omit<IncidentSeed, 'snapshots'> {
  return {
    rule,
    hostId,
    series: watch.series,
    sinceMs: watch.machine.sinceMs ?? 0,
    value: numberOrNull(watch.value),
    worst: numberOrNull(watch.worst),
    detail: {},
  }
}

function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** Oldest first, each once. */
function joined(before: readonly Snapshot[], now: readonly Snapshot[]): Snapshot[] {
  const newest = before.at(-1)?.timeMs ?? -Infinity
  return [...before, ...now.filter(({ timeMs }) => timeMs > newest)]
}
