// Owns what the first sentence about incidents names, and what it only counts.
import type { Incident } from '@vigie/shared/api/incident'

/** More than this are counted instead of named. */
const NAMED = 3

export interface IncidentsLead {
  readonly total: number
  readonly named: readonly Incident[]
  /** What is not named, worst first. */
  readonly counted: readonly { severity: Incident['severity']; count: number }[]
  /** Those that nobody has. */
  readonly unowned: readonly Incident[]
}

/** `open` is most severe first. */
export function leadOf(open: readonly Incident[]): IncidentsLead {
  const crises = open.filter(({ severity }) => severity === 'crisis')
  const warnings = open.filter(({ severity }) => severity === 'warning')
  const isFew = open.length <= NAMED
  const named = isFew ? open : crises.length <= NAMED ? crises : []
  const counted = [
    { severity: 'crisis' as const, count: crises.length },
    { severity: 'warning' as const, count: warnings.length },
  ].filter(({ severity, count }) => count > 0 && !named.some((each) => each.severity === severity))
  return {
    total: open.length,
    named,
    counted,
    unowned: open.filter(({ owner, state }) => state === 'firing' && owner === null),
  }
}
