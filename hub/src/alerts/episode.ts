// Owns what a replay finds: each time that a rule would have fired for a series.
import type { OutcomeListener } from './probes.ts'
import type { Watch } from './watch.ts'

export interface Episode {
  /** Empty where the rule watches none (down, reboot). */
  readonly series: string
  readonly sinceMs: number
  readonly firedMs: number
  /** Null: it was still firing at the end of the range. */
  readonly resolvedMs: number | null
  /** The furthest beyond, in the metric's unit; of `fills` the seconds to full, of `down` those of silence. */
  readonly worst: number | null
}

/** Listens to probes. What fired before `fromMs` was not of the range. */
export class EpisodeLog {
  readonly #fromMs: number
  readonly #episodes: Episode[] = []
  readonly #open = new Map<Watch, Pick<Episode, 'sinceMs' | 'firedMs'>>()

  constructor(fromMs: number) {
    this.#fromMs = fromMs
  }

  readonly listen: OutcomeListener = ({ watch }, outcome, timeMs) => {
    if (outcome === 'fired') {
      this.#open.set(watch, { sinceMs: watch.machine.sinceMs ?? timeMs, firedMs: timeMs })
    } else if (outcome === 'resolved') this.#close(watch, timeMs)
  }

  /** All of them, in the order in which they fired. */
  finish(): Episode[] {
    for (const watch of [...this.#open.keys()]) this.#close(watch, null)
    return this.#episodes.toSorted((a, b) => a.firedMs - b.firedMs)
  }

  #close(watch: Watch, resolvedMs: number | null): void {
    const open = this.#open.get(watch)
    this.#open.delete(watch)
    if (!open || open.firedMs < this.#fromMs) return
    const worst = Number.isNaN(watch.worst) ? null : watch.worst
    this.#episodes.push({ series: watch.series, ...open, resolvedMs, worst })
  }
}
