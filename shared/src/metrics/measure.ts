// Owns finding what a rule watches in a table of series, and reading it: series as they are, and derived ones.
import type { SeriesFilter } from '../api/rule.ts'
import { findDerived, type Derivation, type DerivedMetric, type Operand } from './derived.ts'
import { parseSeries, seriesKey, type Attributes, type SeriesKey } from './series.ts'

/** The value of a column of the table in its metric's unit, NaN where there is none. */
export type ColumnReader = (column: number) => number

export interface Measured {
  readonly series: SeriesKey
  /** Those that it is made of. */
  readonly columns: readonly number[]
  /** NaN where one of them is missing. Allocates nothing. */
  readonly read: (at: ColumnReader) => number
  /** The least and the greatest that it can have been while its columns, none below 0, were between `low` and `high`. */
  readonly bounds: (low: ColumnReader, high: ColumnReader) => { least: number; greatest: number }
}

/** The series that a filter means, of those that have all that they are made of. */
export function planMeasure(filter: SeriesFilter, keys: readonly string[]): Measured[] {
  const derived = findDerived(filter.metric)
  if (derived) return planDerived(filter, derived, keys)
  return keys.flatMap((key, column) => {
    if (!key.startsWith(filter.metric)) return []
    const series = parseSeries(key)
    if (series?.metric !== filter.metric || !matches(filter.attributes, series.attributes))
      return []
    return [plain(key as SeriesKey, column)]
  })
}

/** Whether a filter means a series, whatever tables there are. */
export function meansSeries(filter: SeriesFilter, key: string): boolean {
  const series = parseSeries(key)
  return series?.metric === filter.metric && matches(filter.attributes, series.attributes)
}

/** The metrics whose history is needed to measure. */
export function operandsOf({ metric }: Pick<SeriesFilter, 'metric'>): string[] {
  const derived = findDerived(metric)
  if (!derived) return [metric]
  return [...new Set(operandsIn(derived.derivation).map((operand) => operand.metric))]
}

/** The same over time: a ratio of means, where buckets hold more than a tick, is near the mean of the ratios. */
export function measureHistory(
  filter: SeriesFilter,
  series: readonly { readonly series: string; readonly mean: readonly (number | null)[] }[],
): { series: SeriesKey; values: (number | null)[] }[] {
  const keys = series.map((one) => one.series)
  const length = Math.max(0, ...series.map(({ mean }) => mean.length))
  return planMeasure(filter, keys).map((measured) => ({
    series: measured.series,
    values: Array.from({ length }, (_, bucket) => {
      const value = measured.read((column) => series[column]?.mean[bucket] ?? NaN)
      return Number.isNaN(value) ? null : value
    }),
  }))
}

function plain(series: SeriesKey, column: number): Measured {
  return {
    series,
    columns: [column],
    read: (at) => at(column),
    bounds: (low, high) => ({ least: low(column), greatest: high(column) }),
  }
}

function planDerived(
  filter: SeriesFilter,
  derived: DerivedMetric,
  keys: readonly string[],
): Measured[] {
  const operands = operandsIn(derived.derivation)
  const names = new Set(operands.map(({ metric }) => metric))
  const groups = new Map<SeriesKey, (number | undefined)[]>()
  keys.forEach((key, column) => {
    const series = names.has(key.split('{', 1)[0] ?? key) ? parseSeries(key) : undefined
    if (!series) return
    operands.forEach((operand, index) => {
      if (operand.metric !== series.metric) return
      const group = groupOf(series.attributes, operand, derived)
      if (!group || !matches(filter.attributes, group)) return
      const name = seriesKey(derived.name, group)
      const columns = groups.get(name) ?? Array<undefined>(operands.length).fill(undefined)
      columns[index] = column
      groups.set(name, columns)
    })
  })
  return [...groups].flatMap(([series, found]) => {
    const columns = found.filter((column) => column !== undefined)
    return columns.length === operands.length ? [derive(series, derived.derivation, columns)] : []
  })
}

function operandsIn(derivation: Derivation): readonly Operand[] {
  return derivation.type === 'ratio'
    ? [...derivation.numerator, ...derivation.denominator]
    : [derivation.of]
}

/** The grouping attributes of an operand's series; undefined when it has others, or other values of the fixed ones. */
function groupOf(
  attributes: Attributes,
  operand: Operand,
  derived: DerivedMetric,
): Attributes | undefined {
  const fixed = Object.entries(operand.attributes)
  if (fixed.some(([name, value]) => attributes[name] !== value)) return undefined
  if (Object.keys(attributes).length !== fixed.length + derived.attributes.length) return undefined
  const group: Record<string, string> = {}
  for (const name of derived.attributes) {
    const value = attributes[name]
    if (value === undefined) return undefined
    group[name] = value
  }
  return group
}

/** `columns` are those of the operands, in their order. */
function derive(series: SeriesKey, derivation: Derivation, columns: readonly number[]): Measured {
  if (derivation.type === 'absolute') {
    const [column = NaN] = columns
    return {
      series,
      columns,
      read: (at) => Math.abs(at(column)),
      bounds: (low, high) => {
        const [from, to] = [low(column), high(column)]
        const nearest = from <= 0 && to >= 0 ? 0 : Math.min(Math.abs(from), Math.abs(to))
        return { least: nearest, greatest: Math.max(Math.abs(from), Math.abs(to)) }
      },
    }
  }
  const above = columns.slice(0, derivation.numerator.length)
  const below = columns.slice(derivation.numerator.length)
  const read = (at: ColumnReader): number => ratio(sum(above, at), sum(below, at))
  // A part of the whole moves the ratio its own way, and the rest of the whole moves it the other way.
  const mixed =
    (part: ColumnReader, rest: ColumnReader): ColumnReader =>
    (column) =>
      above.includes(column) ? part(column) : rest(column)
  return {
    series,
    columns: [...new Set(columns)],
    read,
    bounds: (low, high) => ({ least: read(mixed(low, high)), greatest: read(mixed(high, low)) }),
  }
}

function sum(columns: readonly number[], at: ColumnReader): number {
  let total = 0
  for (const column of columns) total += at(column)
  return total
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : NaN
}

function matches(globs: Attributes, attributes: Attributes): boolean {
  const names = Object.keys(globs)
  return (
    names.length === Object.keys(attributes).length &&
    names.every((name) => {
      const value = attributes[name]
      return value !== undefined && matchesGlob(globs[name] ?? '', value)
    })
  )
}

/** `*` is any text, `?` any character. Takes no more than their lengths multiplied, whatever a person or a host writes. */
export function matchesGlob(glob: string, text: string): boolean {
  let at = 0
  let next = 0
  let star = -1
  let resumed = 0
  while (next < text.length) {
    if (glob[at] === '*') {
      star = at++
      resumed = next
    } else if (glob[at] === '?' || glob[at] === text[next]) {
      at++
      next++
    } else if (star >= 0) {
      at = star + 1
      next = ++resumed
    } else return false
  }
  while (glob[at] === '*') at++
  return at === glob.length
}
