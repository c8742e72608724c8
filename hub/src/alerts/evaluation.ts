// Owns judging the fleet's ticks by the rules: the machines of every host, and the late tracks that run beside them.
import type { Clock } from '../clock.ts'
import type { AlertMetrics } from './alert-metrics.ts'
import { HostTicks } from './host-ticks.ts'
import type { IncidentBook } from './incident-book.ts'
import { seedsOfLateTrack, settleTrack, writeEpisode } from './late-incidents.ts'
import { LateTrack, type PastEpisode } from './late-track.ts'
import type { RulesInForce, SeriesSeed } from './machines.ts'
import type { MetricIncidents } from './metric-incidents.ts'
import type { AlertFleet, AlertHost, AlertTicks, LastTick } from './ports.ts'
import type { OutcomeListener } from './probes.ts'
import type { Recall } from './recall.ts'
import type { RuleBook } from './rule-book.ts'
import { isMeant } from './watch.ts'

export interface EvaluationParts {
  readonly fleet: AlertFleet
  readonly rules: RuleBook
  readonly book: IncidentBook
  readonly incidents: MetricIncidents
  readonly clock: Clock
  readonly metrics: AlertMetrics
  /** For how long after a start backlogs are still expected, when there is none yet. */
  readonly returnMs: number
  /** The newest that was stored as the hub began, of each host. */
  readonly lastTick?: (hostId: number) => LastTick | undefined
  readonly recall?: Recall
}

const GONE_AFTER_MS = 600_000
const CATCHING_UP_AT_MOST_MS = 600_000

export class Evaluation {
  readonly #parts: EvaluationParts
  readonly #hosts = new Map<number, HostTicks>()
  readonly #tracks = new Map<number, LateTrack>()
  /** Of the clock that never jumps: since when backlogs arrive. */
  #catchingUpAtMs: number | null
  readonly #startedAtMs: number

  constructor(parts: EvaluationParts) {
    this.#parts = parts
    this.#startedAtMs = parts.clock.elapsedMs()
    this.#catchingUpAtMs = this.#startedAtMs
  }

  /** What the machines of a host were as the hub stopped; returns their watches' owner. */
  begin(hostId: number, seeds: readonly SeriesSeed[] = []): HostTicks {
    const host = new HostTicks(hostId, seeds, this.#parts.lastTick?.(hostId))
    this.#hosts.set(hostId, host)
    return host
  }

  host(hostId: number): HostTicks | undefined {
    return this.#hosts.get(hostId)
  }

  /** Called for each frame, before anything else is done with it. */
  ticked(hostId: number, ticks: AlertTicks): void {
    const host = this.#parts.fleet.host(hostId)
    if (!host) return
    const startedMs = performance.now()
    const known = this.#hosts.get(hostId) ?? this.#meet(hostId)
    const rules = this.#rulesFor(host)
    const { present, startMs, stepMs } = ticks.block
    const nowMs = this.#parts.clock.nowMs()
    for (let tick = 0; tick < present.length; tick++) {
      if (present[tick] !== 1) continue
      const timeMs = startMs + tick * stepMs
      const at = { tick, timeMs, intervalMs: host.intervalMs, rules }
      const timing = known.timing(timeMs, nowMs)
      if (timing === 'now') this.#stepNow(known, ticks, at)
      // A track that goes on sees what was judged before, and tells nothing of it that is known.
      else if (timing === 'late' || this.#tracks.has(hostId)) this.#stepLate(known, ticks, at)
    }
    if (known.machines.takeAimed()) {
      const { machines } = known
      const { intervalMs } = host
      this.#parts.recall?.add({ hostId, intervalMs, rules: rules.rules(), machines })
    }
    this.#parts.metrics.evaluation.inc((performance.now() - startedMs) / 1000)
  }

  /** Runs every second. */
  review(): void {
    const atMs = this.#parts.clock.elapsedMs()
    const tracks = [...this.#tracks.values()]
    const isQuiet = tracks.every((track) => track.isQuiet(atMs))
    for (const track of tracks) if (track.isOver(atMs)) this.#settle(track)
    const isReturning = atMs - this.#startedAtMs < this.#parts.returnMs
    if (isQuiet && !isReturning) this.#catchingUpAtMs = null
    const nowMs = this.#parts.clock.nowMs()
    for (const host of this.#hosts.values()) this.#startOverIfAhead(host, nowMs)
    this.#parts.incidents.review()
  }

  /** Whether notices of late incidents wait for more of them (docs/alerts.md, L3). */
  get isCatchingUp(): boolean {
    if (this.#catchingUpAtMs === null) return false
    return this.#parts.clock.elapsedMs() - this.#catchingUpAtMs < CATCHING_UP_AT_MOST_MS
  }

  /** Ends what no rule means any more (docs/alerts.md, A9): after a change of rules, hosts or their tags. */
  sweep(): void {
    const { fleet, rules, clock, incidents } = this.#parts
    for (const [watch, hostId] of [...incidents.open()]) {
      const host = fleet.host(hostId)
      const rule = rules.ruleFor(watch.ruleId, host)
      if (rule && isMeant(rule, watch.series)) continue
      incidents.end(watch, clock.nowMs(), host ? 'rule-changed' : fleet.leftWhy(hostId))
      this.#hosts.get(hostId)?.machines.drop(watch)
    }
  }

  /** Nothing of a rule that is gone is left for another one with its id. */
  forgetRule(ruleId: number): void {
    this.sweep()
    for (const { machines } of this.#hosts.values()) {
      for (const watch of machines.list()) if (watch.ruleId === ruleId) machines.drop(watch)
    }
  }

  /** Of a host that is in the fleet no more; one that comes back is met anew. */
  forgetHost(hostId: number): void {
    this.sweep()
    this.#tracks.delete(hostId)
    this.#hosts.delete(hostId)
  }

  /** Of a host that has joined. */
  #meet(hostId: number): HostTicks {
    const host = new HostTicks(hostId)
    this.#hosts.set(hostId, host)
    return host
  }

  #rulesFor(host: AlertHost): RulesInForce {
    const { rules } = this.#parts
    return { version: rules.versionFor(host), rules: () => rules.rulesFor(host) }
  }

  #stepNow(known: HostTicks, ticks: AlertTicks, at: Parameters<HostTicks['step']>[1]): void {
    const { incidents } = this.#parts
    const { hostId } = known
    const onOutcome: OutcomeListener = ({ watch, rule, detail }, outcome, timeMs) =>
      incidents.onOutcome(watch, outcome, { hostId, rule, timeMs, detail })
    for (const orphan of known.step(ticks, at, onOutcome)) {
      incidents.end(orphan, at.timeMs, 'rule-changed')
    }
    for (const { watch } of known.machines.absent) {
      if (watch.goneForMs < GONE_AFTER_MS || watch.machine.state === 'well') continue
      incidents.end(watch, at.timeMs, 'gone')
    }
  }

  #stepLate(
    known: HostTicks,
    ticks: AlertTicks,
    at: { tick: number; timeMs: number; intervalMs: number; rules: RulesInForce },
  ): void {
    const atMs = this.#parts.clock.elapsedMs()
    const track = this.#tracks.get(known.hostId) ?? this.#beginTrack(known, at.timeMs)
    if (track.step(ticks, { ...at, atMs })) known.judged(at.timeMs, at.intervalMs)
  }

  #beginTrack(known: HostTicks, timeMs: number): LateTrack {
    const { book, clock, rules } = this.#parts
    const { hostId } = known
    const track = new LateTrack(hostId, clock.elapsedMs(), {
      seeds: seedsOfLateTrack(known, book, timeMs),
      onOver: (episode) => {
        writeEpisode(book, rules.get(episode.ruleId), { hostId, episode })
        this.#forgetPending(known, episode)
      },
    })
    this.#tracks.set(hostId, track)
    this.#catchingUpAtMs ??= clock.elapsedMs()
    return track
  }

  /** What began before a late episode was over did not go on after it. */
  #forgetPending({ machines }: HostTicks, episode: PastEpisode): void {
    const watch = machines.get(episode)
    if (watch?.machine.state !== 'pending') return
    if ((watch.machine.sinceMs ?? Infinity) > episode.resolvedMs) return
    this.#parts.incidents.end(watch, episode.resolvedMs, 'cleared')
  }

  #settle(track: LateTrack): void {
    this.#tracks.delete(track.hostId)
    const known = this.#hosts.get(track.hostId)
    if (known) settleTrack(track, known, this.#parts)
  }

  #startOverIfAhead(host: HostTicks, nowMs: number): void {
    for (const watch of host.startOverIfAhead(nowMs)) {
      const { machine, ruleId, series, worst } = watch
      const sinceMs = machine.sinceMs
      const seed = { ruleId, series, state: 'firing', sinceMs, worst, resolutionsMs: [] } as const
      const goesOn = machine.state === 'firing'
      this.#parts.incidents.replace(watch, goesOn ? host.machines.restore(seed) : undefined)
    }
  }
}
