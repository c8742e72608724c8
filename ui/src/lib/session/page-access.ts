// Owns which pages are whose. The hub decides by itself; here nobody is led to where it would refuse.
import type { Person } from '@vigie/shared/api/session'

/** `whole-fleet`: not for viewers of some hosts only. */
export type Need = 'administrator' | 'whole-fleet'

// By the beginning of a route. What is not here is everybody's.
const NEEDS: readonly (readonly [route: string, need: Need])[] = [
  ['/add', 'administrator'],
  ['/incidents/mails', 'whole-fleet'],
  ['/settings/audit', 'administrator'],
  ['/settings/mail', 'whole-fleet'],
  ['/settings/people', 'administrator'],
  ['/settings/rules', 'whole-fleet'],
  ['/settings/silences', 'whole-fleet'],
  ['/settings/status-pages', 'administrator'],
  ['/settings/tokens', 'administrator'],
]

type Looker = Pick<Person, 'role' | 'hostTags'>

/** What a page needs that somebody has not; undefined where they may open it. */
export function missingFor(route: string, person: Looker | null): Need | undefined {
  const need = NEEDS.find(([start]) => route === start || route.startsWith(`${start}/`))?.[1]
  if (need === undefined) return undefined
  const has = need === 'administrator' ? person?.role === 'admin' : seesWholeFleet(person)
  return has ? undefined : need
}

export function seesWholeFleet(person: Looker | null): boolean {
  return person !== null && (person.role === 'admin' || person.hostTags === null)
}
