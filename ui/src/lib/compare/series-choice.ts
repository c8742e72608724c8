// Owns which series of a host a comparison is about: a metric, and a choice for each attribute that has several values.
import { findMetric, METRICS, type Metric } from '@vigie/shared/metrics/catalogue'
import { parseSeries, seriesKey, type Attributes } from '@vigie/shared/metrics/series'

/** A choice among the values of one attribute; null leaves it open. */
export interface AttributeChoice {
  readonly attribute: string
  readonly values: readonly string[]
  readonly chosen: string | null
  /** With it left open there is one series for the whole of each host, and not the most extreme of several. */
  readonly hasWhole: boolean
}

/** Attributes whose values are kinds and not things: the highest of read and write says nothing. */
const KINDS: Readonly<Record<string, string>> = {
  'system.memory.state': 'used',
  'system.paging.state': 'used',
  'system.filesystem.state': 'used',
  'system.linux.file_descriptors.state': 'allocated',
  'system.linux.pressure.resource': 'cpu',
  'system.linux.pressure.type': 'some',
  'disk.io.direction': 'read',
  'network.io.direction': 'receive',
  'network.connection.state': 'in_use',
  'network.transport': 'tcp',
  'systemd.unit.state': 'failed',
  'system.paging.direction': 'in',
  'system.paging.fault.type': 'major',
  'process.state': 'running',
}

/** What is known of the series of some hosts. */
export class KnownSeries {
  readonly #keys: ReadonlySet<string>
  readonly #byMetric = new Map<string, Attributes[]>()

  constructor(keys: Iterable<string>) {
    this.#keys = new Set(keys)
    for (const key of this.#keys) {
      const series = parseSeries(key)
      if (!series) continue
      const known = this.#byMetric.get(series.metric)
      if (known) known.push(series.attributes)
      else this.#byMetric.set(series.metric, [series.attributes])
    }
  }

  /** The metrics that are there, in the catalogue's order and then custom ones by name; `also` is always among them. */
  metrics(also: string): Metric[] {
    const names = new Set([...this.#byMetric.keys(), also])
    const catalogued = METRICS.filter(({ name }) => names.delete(name))
    return [...catalogued, ...[...names].sort().map((name) => findMetric(name))]
  }

  /** The attributes of the chosen metric that take several values, with what is chosen of each. */
  choices(written: string): AttributeChoice[] {
    const { metric, attributes } = read(written)
    const all = this.#byMetric.get(metric) ?? []
    const names = [...new Set(all.flatMap((each) => Object.keys(each)))].sort()
    return names.flatMap((attribute) => {
      const chosen = attributes[attribute] ?? null
      // Only what goes together with the other choices.
      const fitting = all.filter((each) => fits(each, without(attributes, attribute)))
      const values = new Set(fitting.map((each) => each[attribute]).filter(isText))
      if (chosen !== null) values.add(chosen)
      const whole = seriesKey(metric, without(attributes, attribute))
      const isOpen = values.size > 1 || chosen !== null || this.#keys.has(whole)
      if (!isOpen || values.size === 0) return []
      return [
        {
          attribute,
          values: [...values].sort(byName.compare),
          chosen,
          hasWhole: this.#keys.has(whole),
        },
      ]
    })
  }

  /**
   * What has to be asked of the hub: the series itself where hosts have it, else all of its metric. The hub answers a
   * metric with the series of that name alone where a host has one.
   */
  asked(written: string): string {
    const { metric, attributes } = read(written)
    const isWhole = findMetric(metric).attributes.every((name) => name in attributes)
    return isWhole || this.#keys.has(written) ? written : metric
  }

  /** What is compared first of a metric: the whole of a host where that is a series, else the usual kind of it. */
  first(metric: string): string {
    if (this.#keys.has(metric)) return metric
    const all = this.#byMetric.get(metric) ?? []
    const chosen: Record<string, string> = {}
    for (const [attribute, usual] of Object.entries(KINDS)) {
      const values = all.map((each) => each[attribute]).filter(isText)
      const [value = null] = values.includes(usual) ? [usual] : values.sort(byName.compare)
      if (value !== null) chosen[attribute] = value
    }
    return seriesKey(metric, chosen)
  }
}

/** The same series with another value of an attribute; null leaves it open. */
export function withAttribute(written: string, attribute: string, value: string | null): string {
  const { metric, attributes } = read(written)
  const rest = without(attributes, attribute)
  return seriesKey(metric, value === null ? rest : { ...rest, [attribute]: value })
}

/** Of a host's series those that one line is made of: the one that was chosen, or else all that fit the choice. */
export function chosenSeries<T extends { readonly series: string }>(
  written: string,
  all: readonly T[],
): readonly T[] {
  const whole = all.filter(({ series }) => series === written)
  if (whole.length > 0) return whole
  const { attributes } = read(written)
  return all.filter(({ series }) => fits(read(series).attributes, attributes))
}

export function metricNameOf(written: string): string {
  return read(written).metric
}

function read(written: string) {
  return parseSeries(written) ?? { metric: written, attributes: {} }
}

const byName = new Intl.Collator('en', { numeric: true })

function fits(attributes: Attributes, chosen: Attributes): boolean {
  return Object.entries(chosen).every(([name, value]) => attributes[name] === value)
}

function without(attributes: Attributes, attribute: string): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== attribute))
}

function isText(value: string | undefined): value is string {
  return value !== undefined
}
