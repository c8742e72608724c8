// Owns what the lines of a comparison amount to: their order, who stands out, and how many say nothing.
import { findMetric } from '@vigie/shared/metrics/catalogue'
import { heatScale, type HeatScale } from './heat-scale.ts'
import type { HostLine } from './host-line.ts'
import { ranked } from './host-rows.ts'
import { grainOf } from './metric-words.ts'
import { verdictOn, type Verdict } from './odd-one.ts'
import { metricNameOf } from './series-choice.ts'
import type { SettledOrder } from './settled-order.ts'

export interface Standings {
  readonly lines: readonly HostLine[]
  /** Null when nobody has data. */
  readonly verdict: Verdict | null
  readonly odd: ReadonlySet<number>
  readonly silent: number
  readonly scale: HeatScale
}

interface StandingsOptions {
  readonly chosen: string
  readonly nameOf: (id: number) => string
  readonly order: SettledOrder
  /** The order stays as it is until this changes. */
  readonly occasion: string
}

export function standingsOf(
  lines: readonly HostLine[],
  { chosen, nameOf, order, occasion }: StandingsOptions,
): Standings {
  const { unit, better } = findMetric(metricNameOf(chosen))
  const byId = new Map(lines.map((line) => [line.id, line]))
  const ids = order.of(occasion, [...byId.keys()], () =>
    ranked(lines, { isLowWorse: better === 'higher', nameOf }).map(({ id }) => id),
  )
  const means = lines.flatMap(({ id, total }) => (total ? [{ id, value: total.mean }] : []))
  const verdict = verdictOn(means, grainOf(unit))
  return {
    lines: ids.flatMap((id) => byId.get(id) ?? []),
    verdict,
    odd: new Set(verdict?.odd.map(({ id }) => id)),
    silent: lines.length - means.length,
    scale: heatScale(lines, unit),
  }
}
