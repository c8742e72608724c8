// Owns a figure as people read it: a number, and its unit set one step quieter beside it.

export interface Quantity {
  readonly number: string
  /** Empty where the number stands alone. */
  readonly unit: string
}

/** What is shown for a value that is not known; never 0. */
export const UNKNOWN: Quantity = { number: '–', unit: '' }

const NO_BREAK_SPACE = '\u00a0'

/** Both in one string that does not break across lines. */
export function joined({ number, unit }: Quantity): string {
  return unit === '' ? number : `${number}${NO_BREAK_SPACE}${unit}`
}
