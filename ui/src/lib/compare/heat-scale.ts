// Owns which values the colours of a heat map run between.
import type { Unit } from '@vigie/shared/metrics/catalogue'
import type { HostLine } from './host-line.ts'
import { grainOf } from './metric-words.ts'

export interface HeatScale {
  /** The values of the palest and of the strongest colour. */
  readonly low: number
  readonly high: number
}

/** An idle fleet stays pale: the strongest colour stands for no less than so many times what means nothing. */
const LEAST_GRAINS = 25

/** From zero to the highest value that is drawn; degrees have no zero, and run from the lowest. */
export function heatScale(lines: readonly HostLine[], unit: Unit): HeatScale {
  let low = Infinity
  let high = -Infinity
  for (const { mean } of lines) {
    for (const value of mean) {
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  const least = LEAST_GRAINS * grainOf(unit)
  if (low > high) return { low: 0, high: least }
  if (unit === 'Cel') return { low, high: Math.max(high, low + least) }
  return { low: Math.min(0, low), high: Math.max(high, least) }
}
