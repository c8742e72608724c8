// Owns what a rule can be told to watch: metrics, and of a metric what hosts have of it.
import type { MetricCondition } from '@vigie/shared/api/rule'
import { METRICS, type Metric } from '@vigie/shared/metrics/catalogue'
import { DERIVED_METRICS, findDerived, findMeasure } from '@vigie/shared/metrics/derived'
import { planMeasure } from '@vigie/shared/metrics/measure'
import { parseSeries, type Attributes } from '@vigie/shared/metrics/series'
import { KnownSeries } from '../compare/series-choice.ts'

/** Metrics of one group of charts; `custom` are those that only their senders know. */
export interface MetricGroup {
  readonly group: Metric['group'] | 'custom'
  readonly metrics: readonly Metric[]
}

/** Agents send it of a host as a whole, and besides of its parts. */
const SUMMED = 'system.cpu.utilization'

const collator = new Intl.Collator('en', { numeric: true })

export class SeriesOffer {
  readonly #keys: readonly string[]
  readonly #known: KnownSeries
  readonly #found = new Map<string, readonly Attributes[]>()

  /** `keys` are written series of some hosts. */
  constructor(keys: readonly string[]) {
    this.#keys = keys
    this.#known = new KnownSeries(keys)
  }

  /** Everything that can be watched; `also` is always among it. */
  metrics(also: string): MetricGroup[] {
    const all = [...DERIVED_METRICS, ...METRICS]
    const names = new Set(all.map(({ name }) => name))
    const groups = Object.entries(Object.groupBy(all, ({ group }) => group)).map(
      ([group, metrics]) => ({ group: group as Metric['group'], metrics }),
    )
    const custom = this.#known.metrics(also).filter(({ name }) => !names.has(name))
    return custom.length > 0 ? [...groups, { group: 'custom', metrics: custom }] : groups
  }

  /** By which attributes its series are told apart, one way or another; none for a host as a whole. */
  variants(metric: string): readonly (readonly string[])[] {
    const written = this.#series(metric).map((attributes) => Object.keys(attributes).sort())
    const distinct = new Map(written.map((names) => [names.join(), names]))
    const { attributes } = findMeasure(metric)
    // Where no host has it, the catalogue knows what it would have.
    if (distinct.size === 0) return metric === SUMMED ? [[]] : [[...attributes].sort()]
    return [...distinct.values()].sort((a, b) => a.length - b.length)
  }

  /** The values that an attribute has on hosts. */
  values(metric: string, attribute: string): string[] {
    const values = this.#series(metric).flatMap((each) => each[attribute] ?? [])
    return [...new Set(values)].sort(collator.compare)
  }

  /** What is watched first of a metric: a host as a whole where that is measured, else the usual kind of all things. */
  first(metric: string): Attributes {
    const [names = []] = this.variants(metric)
    const usual = parseSeries(this.#known.first(metric))?.attributes ?? {}
    return Object.fromEntries(names.map((name) => [name, usual[name] ?? '*']))
  }

  #series(metric: string): readonly Attributes[] {
    const found = this.#found.get(metric) ?? this.#find(metric)
    this.#found.set(metric, found)
    return found
  }

  #find(metric: string): readonly Attributes[] {
    const derived = findDerived(metric)
    const keys = derived
      ? planMeasure({ metric, attributes: anyOf(derived.attributes) }, this.#keys).map(
          ({ series }) => series,
        )
      : this.#keys
    return keys.flatMap((key) => {
      const series = parseSeries(key)
      return series?.metric === metric ? [series.attributes] : []
    })
  }
}

/** The same names, any value of each. Values that were chosen of them stay. */
export function anyOf(
  names: readonly string[],
  chosen: MetricCondition['attributes'] = {},
): MetricCondition['attributes'] {
  return Object.fromEntries(names.map((name) => [name, chosen[name] ?? '*']))
}
