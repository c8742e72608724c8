// Owns the lines of a chart: a colour and a label for each series that the machine has.
import type { Attributes } from '@vigie/shared/metrics/series'
import type { ChartSeries, DataColour } from '../../chart/chart-plan.ts'
import type { SeriesIndex } from '../series-index.ts'

export interface Line {
  readonly metric: string
  readonly attributes?: Attributes
  readonly label: string
  readonly colour: DataColour
  readonly below?: boolean
  readonly dashed?: boolean
}

/** The lines whose series the machine has, in the order given. */
export function linesOf(index: SeriesIndex, lines: readonly Line[]): ChartSeries[] {
  return lines.flatMap(({ metric, attributes, ...line }) => {
    const key = index.find(metric, attributes)
    return key === undefined ? [] : [{ key, ...line }]
  })
}

/** No more lines than an eye can tell apart. */
export const MAX_LINES = 8

const PALETTE: readonly DataColour[] = [
  'data-2',
  'data-1',
  'data-3',
  'data-4',
  'data-5',
  'data-6',
  'data-7',
]

/**
 * Gives like things (sensors) colours by their names, so that each keeps its own when others come or go. Two names that
 * fall on one colour are told apart by taking the next free one.
 */
export function coloursByName(names: readonly string[]): Map<string, DataColour> {
  const colours = new Map<string, DataColour>()
  const taken = new Set<number>()
  for (const name of names) {
    let place = hash(name) % PALETTE.length
    while (taken.has(place) && taken.size < PALETTE.length) place = (place + 1) % PALETTE.length
    taken.add(place)
    colours.set(name, PALETTE[place] ?? 'data-7')
  }
  return colours
}

// djb2: short, spreads short names well enough over seven colours.
function hash(name: string): number {
  let sum = 5381
  for (const char of name) sum = (sum * 33 + (char.codePointAt(0) ?? 0)) % 0x7fff_ffff
  return sum
}
