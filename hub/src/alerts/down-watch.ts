// Owns which hosts are down, by how long nothing was heard of them (docs/alerts.md, D1).
import type { ResolvedWhy } from '@vigie/shared/api/incident'
import type { DownCondition, Rule } from '@vigie/shared/api/rule'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { Clock } from '../clock.ts'
import { isInScope } from './host-scope.ts'
import type { IncidentBook } from './incident-book.ts'
import { LostSight, type FoldedIncident } from './lost-sight.ts'
import { Machine } from './machine.ts'
import type { AlertFleet, AlertHost, IncidentRecord } from './ports.ts'
import type { RuleBook } from './rule-book.ts'
import { SilenceMeter } from './silence-meter.ts'

export interface DownRule extends Rule {
  readonly condition: DownCondition
}

interface Down {
  readonly ruleId: number
  readonly hostId: number
  readonly incidentId: number
  /** By the clock that never jumps, as the next: what was heard before it is no return. */
  readonly atMs: number
  returning: { readonly sinceAtMs: number; readonly clearMs: number } | null
}

export interface DownWatchParts {
  readonly fleet: AlertFleet
  readonly rules: RuleBook
  readonly book: IncidentBook
  readonly clock: Clock
  readonly recentSnapshots: (hostId: number) => readonly Snapshot[]
  /** How long hosts have to return after a start of the hub. */
  readonly returnMs: number
  /** False while the hub reads nothing of what hosts send. */
  readonly isListening: () => boolean
}

export class DownWatch {
  readonly #parts: DownWatchParts
  readonly #silence: SilenceMeter
  readonly #lostSight: LostSight
  readonly #down = new Map<string, Down>()

  constructor(parts: DownWatchParts) {
    const { clock, returnMs, book, isListening } = parts
    this.#parts = parts
    this.#silence = new SilenceMeter(clock, returnMs, isListening)
    this.#lostSight = new LostSight({ book, clock, silence: this.#silence })
    for (const { record } of book.list()) this.#restore(record)
  }

  get silence(): SilenceMeter {
    return this.#silence
  }

  hostIds(): ReadonlySet<number> {
    return new Set([...this.#down.values()].map(({ hostId }) => hostId))
  }

  /** Runs every second. */
  review(): void {
    const { rules, fleet } = this.#parts
    this.#silence.review()
    const downRules = rules.list().filter(isDownRule)
    const hosts = [...fleet.hosts()]
    const before = this.hostIds()
    this.#reviewDown(downRules)
    for (const rule of downRules) {
      const fallen = hosts.filter(
        (host) =>
          isInScope(rule.scope, host) &&
          !this.#down.has(keyOf(rule.id, host.id)) &&
          this.#silence.isTooLong(rule.condition, host),
      )
      if (fallen.length > 0) this.#fall(rule, fallen, { hosts, downBefore: before })
    }
    this.#lostSight.review()
  }

  #reviewDown(downRules: readonly DownRule[]): void {
    const byId = new Map(downRules.map((rule) => [rule.id, rule]))
    for (const down of [...this.#down.values()]) {
      const rule = byId.get(down.ruleId)
      const host = this.#parts.fleet.host(down.hostId)
      if (!host) this.#end(down, this.#parts.fleet.leftWhy(down.hostId))
      else if (!rule || !isInScope(rule.scope, host)) this.#end(down, 'rule-changed')
      else if (this.#isBack(down, rule, host)) this.#end(down, 'returned')
    }
  }

  #isBack(down: Down, rule: DownRule, host: AlertHost): boolean {
    const atMs = this.#parts.clock.elapsedMs()
    const heardAtMs = host.silentForMs === null ? -Infinity : atMs - host.silentForMs
    if (heardAtMs <= down.atMs || this.#silence.isTooLong(rule.condition, host)) {
      down.returning = null
      return false
    }
    down.returning ??= { sinceAtMs: heardAtMs, clearMs: this.#clearMs(down) }
    return heardAtMs - down.returning.sinceAtMs >= down.returning.clearMs
  }

  /** Nothing the first time within an hour (docs/alerts.md, A5). */
  #clearMs({ ruleId, hostId }: Down): number {
    const resolutionsMs = this.#parts.book
      .ofHost(hostId)
      .filter(({ rule, kind }) => rule.id === ruleId && kind === 'incident')
      .flatMap(({ resolvedMs }) => resolvedMs ?? [])
    const machine = Machine.restored({ state: 'firing', sinceMs: null, resolutionsMs })
    return machine.clearTimeMs({ clearForMs: 0 }, this.#parts.clock.nowMs())
  }

  #fall(
    rule: DownRule,
    fallen: readonly AlertHost[],
    among: { hosts: readonly AlertHost[]; downBefore: ReadonlySet<number> },
  ): void {
    const atMs = this.#parts.clock.elapsedMs()
    const lostSightId = this.#lostSight.foldOf(rule, among)
    const folded: FoldedIncident[] = []
    for (const host of fallen) {
      const incidentId = this.#fire(rule, host, lostSightId)
      const down = { ruleId: rule.id, hostId: host.id, incidentId, atMs, returning: null }
      this.#down.set(keyOf(rule.id, host.id), down)
      folded.push({ incidentId, host })
    }
    if (lostSightId !== null) this.#lostSight.fold(lostSightId, folded)
  }

  #fire(rule: DownRule, host: AlertHost, foldedInto: number | null): number {
    const { book, clock, recentSnapshots } = this.#parts
    const nowMs = clock.nowMs()
    const sinceMs = Math.min(host.lastSeenMs ?? nowMs, nowMs)
    const silentS = (host.silentForMs ?? nowMs - sinceMs) / 1000
    return book.fire(
      {
        rule,
        hostId: host.id,
        series: '',
        sinceMs,
        value: silentS,
        worst: silentS,
        detail: { goodbye: host.goodbye },
        foldedInto,
        // What the hosts did says nothing of why the hub sees none of them.
        snapshots: foldedInto === null ? recentSnapshots(host.id) : [],
      },
      nowMs,
    )
  }

  #end(down: Down, why: ResolvedWhy): void {
    const { book, clock } = this.#parts
    this.#down.delete(keyOf(down.ruleId, down.hostId))
    const sinceMs = book.get(down.incidentId)?.record.sinceMs
    const timeMs = clock.nowMs()
    const worst = sinceMs === undefined ? null : Math.max(0, timeMs - sinceMs) / 1000
    book.resolve(down.incidentId, { timeMs, why, worst })
  }

  #restore({ id: incidentId, kind, rule, hostId, firedMs }: IncidentRecord): void {
    if (kind !== 'incident' || rule.condition.type !== 'down') return
    if (hostId === null || firedMs === null) return
    // Whatever is heard in this run of the hub is a return.
    const down = { ruleId: rule.id, hostId, incidentId, atMs: -Infinity, returning: null }
    this.#down.set(keyOf(rule.id, hostId), down)
  }
}

function keyOf(ruleId: number, hostId: number): string {
  return `${ruleId} ${hostId}`
}

function isDownRule(rule: Rule): rule is DownRule {
  return rule.isEnabled && rule.condition.type === 'down'
}
