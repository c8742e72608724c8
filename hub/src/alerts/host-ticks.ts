// Owns the judging of one host's ticks: which are of now, which are late, and which were judged already (docs/alerts.md, A10).
import { EvaluatedSpans } from './evaluated-spans.ts'
import { Machines, type RulesInForce, type SeriesSeed } from './machines.ts'
import type { AlertTicks, LastTick } from './ports.ts'
import type { OutcomeListener } from './probes.ts'
import type { Watch } from './watch.ts'

const LATE_AFTER_MS = 60_000
/** Blocks whose ticks are further ahead of the hub's clock are refused: the clock was set back since. */
const AHEAD_MS = 65_000

export class HostTicks {
  readonly hostId: number
  #machines: Machines
  #spans = new EvaluatedSpans()
  #last: LastTick | undefined
  /** Not yet shown to the machines: those of a fleet need not be made before it is there. */
  #remembered: LastTick | undefined
  #beforeHole: readonly SeriesSeed[]
  #holeEndMs = Infinity

  /** `last` is the newest tick that an earlier run of the hub has judged. */
  constructor(hostId: number, seeds: readonly SeriesSeed[] = [], last?: LastTick) {
    this.hostId = hostId
    this.#machines = new Machines(hostId, seeds)
    this.#beforeHole = seeds.filter(({ state }) => state === 'pending')
    this.#last = last
    if (last) this.#spans.add(last.timeMs, 0)
    this.#remembered = last
  }

  get machines(): Machines {
    return this.#machines
  }

  /** The newest that was judged as of now. */
  get last(): LastTick | undefined {
    return this.#last
  }

  /** What was pending as the host was last heard before its newest hole: late ticks of the hole begin with it. */
  get pendingBeforeHole(): readonly SeriesSeed[] {
    return this.#beforeHole
  }

  /** The tick with which its newest hole ended; what began later did not begin in the hole. */
  get holeEndMs(): number {
    return this.#holeEndMs
  }

  timing(timeMs: number, nowMs: number): 'now' | 'late' | 'again' {
    if (this.#spans.has(timeMs)) return 'again'
    if (this.#last && timeMs <= this.#last.timeMs) return 'late'
    return timeMs < nowMs - LATE_AFTER_MS ? 'late' : 'now'
  }

  /** Of late ticks, too, so that they are not judged again. */
  judged(timeMs: number, intervalMs: number): void {
    this.#spans.add(timeMs, intervalMs)
  }

  /** Judges a tick as of now; returns the watches that no rule means any more. */
  step(
    ticks: AlertTicks,
    at: { tick: number; timeMs: number; intervalMs: number; rules: RulesInForce },
    on: OutcomeListener,
  ): readonly Watch[] {
    const { tick, timeMs, intervalMs } = at
    const isAfterHole = !this.#last || timeMs - this.#last.timeMs > 1.5 * intervalMs
    if (isAfterHole) {
      this.#beforeHole = this.#machines.list().flatMap(pendingSeed)
      this.#holeEndMs = timeMs
    }
    if (this.#remembered) this.#machines.remember(this.#remembered, at)
    this.#remembered = undefined
    const orphans = this.#machines.aim(ticks, at.rules)
    this.#last = { keys: ticks.keys, block: ticks.block, tick, timeMs }
    this.judged(timeMs, intervalMs)
    this.#machines.step(ticks, at, on)
    return orphans
  }

  /**
   * When the hub's clock was set back, ticks of times that were judged already come again: it begins anew with what is
   * firing. Returns the watches that there were.
   */
  startOverIfAhead(nowMs: number): readonly Watch[] {
    if (!this.#last || this.#last.timeMs <= nowMs + AHEAD_MS) return []
    const before = this.#machines.list()
    this.#machines = new Machines(this.hostId)
    this.#spans = new EvaluatedSpans()
    this.#last = undefined
    this.#remembered = undefined
    this.#beforeHole = []
    return before
  }
}

function pendingSeed({ ruleId, series, machine, worst }: Watch): SeriesSeed[] {
  if (machine.state !== 'pending') return []
  return [{ ruleId, series, state: 'pending', sinceMs: machine.sinceMs, worst, resolutionsMs: [] }]
}
