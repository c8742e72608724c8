// Owns the look-up of a host's series by metric and attributes.
import { parseSeries, seriesKey, type Attributes } from '@vigie/shared/metrics/series'

export interface IndexedSeries {
  readonly key: string
  readonly attributes: Attributes
}

const byName = new Intl.Collator('en', { numeric: true })

/** The series that a host has; keys that cannot be read are left out. Instances come in the order a person counts. */
export class SeriesIndex {
  readonly #byMetric = new Map<string, IndexedSeries[]>()
  readonly #keys: ReadonlySet<string>

  constructor(keys: Iterable<string>) {
    this.#keys = new Set(keys)
    for (const key of [...this.#keys].sort((a, b) => byName.compare(a, b))) {
      const series = parseSeries(key)
      if (!series) continue
      const known = this.#byMetric.get(series.metric)
      const entry = { key, attributes: series.attributes }
      if (known) known.push(entry)
      else this.#byMetric.set(series.metric, [entry])
    }
  }

  /** The key of the series with exactly these attributes, if the host has it. */
  find(metric: string, attributes: Attributes = {}): string | undefined {
    const key = seriesKey(metric, attributes)
    return this.#keys.has(key) ? key : undefined
  }

  /** Every series of a metric. */
  all(metric: string): readonly IndexedSeries[] {
    return this.#byMetric.get(metric) ?? []
  }

  /** The values that an attribute takes in the series of a metric: its disks, its interfaces. */
  instances(metric: string, attribute: string): string[] {
    const values = this.all(metric).map((series) => series.attributes[attribute])
    return [...new Set(values)].filter((value) => value !== undefined)
  }
}
