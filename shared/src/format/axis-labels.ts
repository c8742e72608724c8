// Owns the numbers beside an axis.
import { joined, type Quantity } from './quantity.ts'
import type { Axis } from './nice-ticks.ts'

/** How a value of the axis is written. */
export type Format = (value: number) => Quantity

export interface AxisLabel {
  readonly text: string
  /** Where on the axis, from 0 at its low end to 1 at its high end. */
  readonly place: number
}

/** The unit stands at the top, and wherever a tick has another one ("500 kB/s" under "1 MB/s"). */
export function axisLabels(axis: Axis, format: Format): AxisLabel[] {
  const quantities = plain(axis.ticks.map((tick) => format(Math.abs(tick))))
  const top = quantities.at(-1)
  return axis.ticks.map((tick, index) => {
    const quantity = quantities[index] ?? { number: '', unit: '' }
    const isPlain = tick === 0 || (quantity.unit === top?.unit && index < quantities.length - 1)
    return {
      text: isPlain ? quantity.number : joined(quantity),
      place: (tick - axis.low) / (axis.high - axis.low),
    }
  })
}

// "8.0, 16.0, 24.0" says nothing that "8, 16, 24" does not; the top may be a natural end and as odd as it is.
function plain(quantities: readonly Quantity[]): Quantity[] {
  const tail = /[.,]0$/
  const below = quantities.slice(0, -1)
  const isIdle = below.every(({ number }) => tail.test(number) || /^\d+$/.test(number))
  return quantities.map(({ number, unit }) => ({
    number: isIdle ? number.replace(tail, '') : number,
    unit,
  }))
}
