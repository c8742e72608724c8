// Owns which advisories come first, and what each of them asks for.
import type { Advisory } from '@vigie/shared/api/advisory'

type Concern = Pick<Advisory, 'concerned' | 'toCheck'>

/** An alert that its source has not closed. */
export function isOpenAlert({ kind, closedMs, isRemoved }: Advisory): boolean {
  return kind === 'alert' && closedMs === null && !isRemoved
}

export function concernsSome({ concerned, toCheck }: Concern): boolean {
  return concerned + toCheck > 0
}

/** Somebody has to do something about it: it is open, concerns a host or may, and nobody has dealt with it. */
export function isToDo(advisory: Advisory): boolean {
  return isOpenAlert(advisory) && concernsSome(advisory) && advisory.handled === null
}

/** Open alerts first, then what concerns hosts, then what may, then the newest. */
export function byUrgency(a: Advisory, b: Advisory): number {
  return (
    Number(isOpenAlert(b)) - Number(isOpenAlert(a)) ||
    rankOf(b) - rankOf(a) ||
    b.publishedMs - a.publishedMs ||
    b.reference.localeCompare(a.reference, 'en')
  )
}

function rankOf({ concerned, toCheck, handled }: Advisory): number {
  if (handled !== null) return 0
  return concerned > 0 ? 2 : toCheck > 0 ? 1 : 0
}

/** Each once, as it was read last; in their order. */
export function eachOnce(...lists: readonly (readonly Advisory[])[]): Advisory[] {
  const byReference = new Map<string, Advisory>()
  for (const advisory of lists.flat()) {
    const known = byReference.get(advisory.reference)
    if (!known || known.changedMs <= advisory.changedMs)
      byReference.set(advisory.reference, advisory)
  }
  return [...byReference.values()]
}
