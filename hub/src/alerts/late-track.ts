// Owns the ticks of one host that come late: what fired and was over while they did not arrive (docs/alerts.md, L1 and L2).
import type { RulesInForce, SeriesSeed } from './machines.ts'
import { Machines } from './machines.ts'
import type { AlertTicks } from './ports.ts'
import type { Probe } from './probe.ts'
import type { Watch } from './watch.ts'

/** One time that a machine of the track fired. */
export interface LateEpisode {
  readonly ruleId: number
  readonly series: string
  readonly sinceMs: number
  readonly firedMs: number
  readonly value: number
  readonly worst: number
  readonly detail: Record<string, unknown>
}

export type PastEpisode = LateEpisode & { readonly resolvedMs: number }

/** What is not well at the end of a track. */
export interface LeftOver {
  readonly watch: Watch
  /** Null for what was firing before the track, and for what is pending. */
  readonly episode: LateEpisode | null
}

const QUIET_MS = 15_000
/** A host that is always late must hear of itself now and then. */
const MAX_TRACK_MS = 600_000

export class LateTrack {
  readonly hostId: number
  readonly #machines: Machines
  readonly #beganAtMs: number
  readonly #onOver: (episode: PastEpisode) => void
  readonly #fired = new Map<Watch, LateEpisode>()
  #heardAtMs: number
  #newestMs = -Infinity

  /** `atMs` is of the clock that never jumps. */
  constructor(
    hostId: number,
    atMs: number,
    { seeds, onOver }: { seeds: readonly SeriesSeed[]; onOver: (episode: PastEpisode) => void },
  ) {
    this.hostId = hostId
    this.#beganAtMs = atMs
    this.#heardAtMs = atMs
    this.#onOver = onOver
    this.#machines = new Machines(hostId, seeds)
  }

  /** Epoch milliseconds of the newest tick that it judged. */
  get newestMs(): number {
    return this.#newestMs
  }

  isQuiet(atMs: number): boolean {
    return atMs - this.#heardAtMs >= QUIET_MS
  }

  isOver(atMs: number): boolean {
    return this.isQuiet(atMs) || atMs - this.#beganAtMs >= MAX_TRACK_MS
  }

  /** False for a tick that is not newer than those before it. */
  step(
    ticks: AlertTicks,
    at: { tick: number; timeMs: number; intervalMs: number; atMs: number; rules: RulesInForce },
  ): boolean {
    this.#heardAtMs = at.atMs
    if (at.timeMs <= this.#newestMs) return false
    this.#newestMs = at.timeMs
    this.#machines.aim(ticks, at.rules)
    this.#machines.step(ticks, at, (probe, outcome, timeMs) => {
      if (outcome === 'fired') this.#fired.set(probe.watch, episodeOf(probe, timeMs))
      else if (outcome === 'resolved') this.#over(probe.watch, timeMs)
    })
    return true
  }

  leftOver(): LeftOver[] {
    return this.#machines
      .list()
      .filter(({ machine }) => machine.state !== 'well')
      .map((watch) => ({ watch, episode: this.#fired.get(watch) ?? null }))
  }

  #over(watch: Watch, resolvedMs: number): void {
    const episode = this.#fired.get(watch)
    this.#fired.delete(watch)
    if (episode) this.#onOver({ ...episode, worst: watch.worst, resolvedMs })
  }
}

function episodeOf({ watch, detail }: Probe, firedMs: number): LateEpisode {
  const { ruleId, series, value, worst } = watch
  const sinceMs = watch.machine.sinceMs ?? firedMs
  return { ruleId, series, sinceMs, firedMs, value, worst, detail: detail() }
}
