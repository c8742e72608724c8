// Owns which notices may be told now, which wait, and which never will be (docs/alerts.md, C2, C3, C5 and L3).
import type { Holds, WaitingNotice, WhyWithheld } from './ports.ts'

export interface SortedNotices {
  readonly ready: readonly WaitingNotice[]
  readonly withheld: Readonly<Record<WhyWithheld, readonly number[]>>
}

export interface SortOptions {
  readonly holds: Holds
  /** Whether a late one has waited for long enough. */
  readonly isOverdue: (notice: WaitingNotice) => boolean
}

/** `waiting` in the order of their ids. */
export function sortNotices(
  waiting: readonly WaitingNotice[],
  { holds, isOverdue }: SortOptions,
): SortedNotices {
  const isCatchingUp = holds.isCatchingUp()
  const ready: WaitingNotice[] = []
  const withheld: Record<WhyWithheld, number[]> = { silenced: [], folded: [], removed: [] }
  for (const some of pairs(waiting)) {
    const [first] = some
    if (!first) continue
    const { incident, incidentId } = first
    const isPair =
      some.some(({ kind }) => kind === 'opened') && some.some(({ kind }) => kind === 'resolved')
    const ids = some.map(({ id }) => id)
    const isSilenced = holds.isSilenced(incidentId)
    if (!holds.isMeant(first)) withheld.removed.push(...ids)
    // The last host to return ends the fold itself: what waited for it is a pair all the same.
    else if (isPair && incident.foldedInto !== null) withheld.folded.push(...ids)
    else if (isPair && isSilenced) withheld.silenced.push(...ids)
    else if (isSilenced || holds.isFolded(incidentId)) continue
    else {
      const isHeld = incident.kind === 'late' && isCatchingUp
      ready.push(...some.filter((notice) => !isHeld || isOverdue(notice)))
    }
  }
  return { ready, withheld }
}

/** What waits for one recipient of one incident. */
function pairs(waiting: readonly WaitingNotice[]): Iterable<WaitingNotice[]> {
  const found = new Map<string, WaitingNotice[]>()
  for (const notice of waiting) {
    const key = `${notice.incidentId} ${notice.recipient}`
    const some = found.get(key)
    if (some) some.push(notice)
    else found.set(key, [notice])
  }
  return found.values()
}
