// Owns which step a stretch of time is shown at, and what is shown until that is here.
import type { Stretch } from '../chart/time-range.ts'
import type { Samples } from '../chart/samples.ts'
import { Tier, type Edges } from './tier.ts'

const S = 1000
const MIN = 60 * S
const H = 60 * MIN

/** The steps of the clock that the hub folds into; all of them, else it would choose one that is not here. */
// prettier-ignore
const STEPS_MS = [
  S, 2 * S, 5 * S, 10 * S, 15 * S, 30 * S, MIN, 2 * MIN, 5 * MIN, 10 * MIN, 15 * MIN, 30 * MIN,
  H, 2 * H, 3 * H, 6 * H, 12 * H, 24 * H,
]

/** So many samples are drawn as they are; of more, buckets of them. */
const MAX_SAMPLES = 3600
/** More slots than this are not drawn in place of something better. */
const MAX_SLOTS = 8000

/** What one chart shows. */
export interface Wish extends Stretch {
  readonly keys: readonly string[]
  readonly stepMs: number
}

/** The step that gives at least one point a pixel: single samples where they are few. */
export function stepFor(spanMs: number, widthPx: number, intervalMs: number): number {
  if (spanMs <= MAX_SAMPLES * intervalMs) return intervalMs
  const msPerPx = spanMs / Math.max(1, widthPx)
  const step = STEPS_MS.findLast((each) => each <= msPerPx) ?? S
  return Math.max(step, intervalMs)
}

export class Tiers {
  readonly #live: Samples
  readonly #tiers = new Map<number, Tier>()

  constructor(live: Samples) {
    this.#live = live
  }

  of(stepMs: number): Tier {
    const known = this.#tiers.get(stepMs)
    if (known) return known
    const made = new Tier(stepMs, this.#live)
    this.#tiers.set(stepMs, made)
    return made
  }

  all(): IterableIterator<Tier> {
    return this.#tiers.values()
  }

  /** The tier that was wished for, once most of it is here; until then the one that shows most of the stretch. */
  best(wish: Wish, edgesOf: (tier: Tier) => Edges): Tier {
    const wished = this.of(wish.stepMs)
    let best = wished
    let bestShare = shareOf(wished, wish, edgesOf(wished))
    if (bestShare > NEARLY_ALL) return wished
    for (const tier of this.#tiers.values()) {
      if ((wish.toMs - wish.fromMs) / tier.stepMs > MAX_SLOTS) continue
      const share = shareOf(tier, wish, edgesOf(tier))
      if (share <= bestShare) continue
      best = tier
      bestShare = share
    }
    return best
  }
}

const NEARLY_ALL = 0.97

/** How much of a stretch a tier knows. Charts ask for their series together, so the first stands for all. */
function shareOf(tier: Tier, { keys, fromMs, toMs }: Wish, edges: Edges): number {
  const lacked = tier
    .needs(keys[0] ?? '', { fromMs, toMs }, edges)
    .reduce((sum, need) => sum + Math.min(need.toMs, toMs) - Math.max(need.fromMs, fromMs), 0)
  return 1 - lacked / (toMs - fromMs)
}
