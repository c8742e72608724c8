// Owns the rows of a comparison: each host with its numbers, in order of its mean, those without data last.
import type { Format } from '../chart/legend-rows.ts'
import type { Quantity } from '../format/quantity.ts'
import { valueAt, type HostLine } from './host-line.ts'

export interface HostRow {
  readonly id: number
  readonly name: string
  readonly line: HostLine
  readonly isOdd: boolean
  /** The mean as it was measured, for tests and scripts; null where there is none. */
  readonly value: number | null
  readonly now: Quantity
  readonly min: Quantity
  readonly mean: Quantity
  readonly max: Quantity
}

export interface RowWords {
  readonly format: Format
  readonly nameOf: (id: number) => string
  readonly odd: ReadonlySet<number>
  /** The moment that the first number is of; null for the newest of each host. */
  readonly cursorMs: number | null
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Lines in the order of their means: the worst end first. */
export function ranked(
  lines: readonly HostLine[],
  { isLowWorse, nameOf }: { isLowWorse: boolean; nameOf: (id: number) => string },
): HostLine[] {
  return [...lines].sort((a, b) => {
    if (!a.total || !b.total) {
      const missing = Number(!a.total) - Number(!b.total)
      return missing || byName.compare(nameOf(a.id), nameOf(b.id))
    }
    const order = b.total.mean - a.total.mean
    return (isLowWorse ? -order : order) || byName.compare(nameOf(a.id), nameOf(b.id))
  })
}

export function hostRow(line: HostLine, { format, nameOf, odd, cursorMs }: RowWords): HostRow {
  const { total } = line
  const read = cursorMs === null ? (total?.last ?? NaN) : valueAt(line, 'mean', cursorMs)
  return {
    id: line.id,
    name: nameOf(line.id),
    line,
    isOdd: odd.has(line.id),
    value: total?.mean ?? null,
    now: format(Number.isNaN(read) ? null : read),
    min: format(total?.min ?? null),
    mean: format(total?.mean ?? null),
    max: format(total?.max ?? null),
  }
}
