// Owns what one value says of a rule: past its threshold, clear again, in between, or nothing at all (docs/alerts.md, A1).

export type Verdict = 'beyond' | 'clear' | 'between' | 'missing'

/** `clearAt` is not on the far side of `threshold`. */
export interface Bounds {
  readonly operator: '>' | '<'
  readonly threshold: number
  readonly clearAt: number
}

/** NaN is missing. On `clearAt` itself a value is clear, so that a rule may clear where it fires. */
export function verdictOf(value: number, { operator, threshold, clearAt }: Bounds): Verdict {
  if (Number.isNaN(value)) return 'missing'
  if (operator === '>') {
    if (value > threshold) return 'beyond'
    return value <= clearAt ? 'clear' : 'between'
  }
  if (value < threshold) return 'beyond'
  return value >= clearAt ? 'clear' : 'between'
}

/** Whether a value is further beyond than another; whatever is, when there is no other. */
export function isWorse(value: number, than: number, operator: '>' | '<'): boolean {
  return Number.isNaN(than) || (operator === '>' ? value > than : value < than)
}
