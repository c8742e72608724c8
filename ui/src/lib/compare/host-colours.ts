// Owns the colours of hosts among each other: by their ids, so that a host keeps its own when others come after it.
import type { DataColour } from '../chart/chart-plan.ts'

export interface HostColour {
  readonly colour: DataColour
  readonly dashed: boolean
}

const COLOURS: readonly DataColour[] = [
  'data-1',
  'data-2',
  'data-3',
  'data-4',
  'data-5',
  'data-6',
  'data-7',
]
const STYLES = COLOURS.length * 2

/** For so many hosts at most there is a line of its own for each; more of them are rows of a heat map. */
export const MAX_LINES = 12

/** The colour and stroke of each host; the second seven are dashed. */
export function hostColours(ids: readonly number[]): ReadonlyMap<number, HostColour> {
  const taken = new Set<number>()
  const colours = new Map<number, HostColour>()
  for (const id of [...ids].sort((a, b) => a - b)) {
    let place = (id - 1) % COLOURS.length
    while (taken.has(place) && taken.size < STYLES) place = (place + 1) % STYLES
    taken.add(place)
    const colour = COLOURS[place % COLOURS.length] ?? 'data-7'
    colours.set(id, { colour, dashed: place >= COLOURS.length })
  }
  return colours
}
