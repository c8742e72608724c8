// Owns the machines of one host, or of one late track of it, and stepping them with its ticks whatever table they come with.
import type { Rule } from '@vigie/shared/api/rule'
import { Machine, type MachineSeed } from './machine.ts'
import type { AlertTicks, LastTick } from './ports.ts'
import { compileProbes, type OutcomeListener, type Probes } from './probes.ts'
import { createWatches, dropWatch, watchOf, type Watch, type Watches } from './watch.ts'
import type { WindowStatistic } from './window-statistic.ts'

export interface RulesInForce {
  /** Another one with each change. */
  readonly version: string
  readonly rules: () => readonly Rule[]
}

export interface SeriesSeed extends MachineSeed {
  readonly ruleId: number
  readonly series: string
  readonly worst: number | null
}

export class Machines {
  readonly #watches: Watches
  #probes: Probes | undefined
  #revision = NaN
  #version: string | undefined
  #isNewlyAimed = false

  constructor(hostId: number, seeds: readonly SeriesSeed[] = []) {
    this.#watches = createWatches(hostId)
    for (const seed of seeds) this.restore(seed)
  }

  /** Makes anew what a seed says, in the place of what is there; windows and trends go on. */
  restore(seed: SeriesSeed): Watch {
    const before = this.#watches.byKey.get(keyOf(seed))
    if (before) dropWatch(this.#watches, before)
    const watch = watchOf(this.#watches, seed, Machine.restored(seed))
    watch.worst = seed.worst ?? NaN
    watch.window = before?.window ?? null
    watch.trend = before?.trend ?? null
    this.#version = undefined
    return watch
  }

  get(seed: Pick<SeriesSeed, 'ruleId' | 'series'>): Watch | undefined {
    return this.#watches.byKey.get(keyOf(seed))
  }

  list(): Watch[] {
    return [...this.#watches.byKey.values()]
  }

  /** Puts a window in the place of one that was watched for less long. */
  refill(seed: Pick<SeriesSeed, 'ruleId' | 'series'>, window: WindowStatistic): void {
    const watch = this.get(seed)
    if (watch?.window?.statistic !== window.statistic) return
    if (watch.window.windowMs !== window.windowMs) return
    watch.window = window
    this.#version = undefined
  }

  /** Whether there may be windows and trends that know nothing yet; once after each time that it was aimed. */
  takeAimed(): boolean {
    const isNewlyAimed = this.#isNewlyAimed
    this.#isNewlyAimed = false
    return isNewlyAimed
  }

  drop(watch: Watch): void {
    dropWatch(this.#watches, watch)
    this.#version = undefined
  }

  /** Finds out what the rules watch in the ticks' table; returns the watches that no rule means any more. */
  aim({ keys, block }: AlertTicks, { version, rules }: RulesInForce): readonly Watch[] {
    if (block.revision === this.#revision && version === this.#version) return []
    this.#revision = block.revision
    this.#version = version
    this.#probes = compileProbes(rules(), keys, this.#watches)
    this.#isNewlyAimed = true
    const { orphans } = this.#probes
    for (const watch of orphans) dropWatch(this.#watches, watch)
    return orphans
  }

  /** With ticks of the table that was aimed at last. */
  step({ block }: AlertTicks, at: { tick: number; intervalMs: number }, on: OutcomeListener): void {
    this.#probes?.step(block, at.tick, at.intervalMs, on)
  }

  /** A tick of before: it fills windows, and a machine that was clear knows it. */
  remember(last: LastTick, at: { intervalMs: number; rules: RulesInForce }): void {
    this.aim(last, at.rules)
    this.#probes?.remember(last.block, last.tick, at.intervalMs)
  }

  /** Those whose series the table has not, though a rule means them. */
  get absent(): Probes['absent'] {
    return this.#probes?.absent ?? []
  }
}

function keyOf({ ruleId, series }: Pick<SeriesSeed, 'ruleId' | 'series'>): string {
  return `${ruleId} ${series}`
}
