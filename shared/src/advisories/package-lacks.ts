// Owns what is missing of what a host has told of its packages.
import type { PackageLack } from '../api/package-list.ts'
import { MAX_PACKAGES } from '../protocol/limits.ts'
import type { IncompletePackages } from '../protocol/packages.ts'

export interface ToldPackages {
  /** How many are in its list; null while it has none. */
  readonly packages: number | null
  readonly incomplete?: IncompletePackages
}

/** Empty where nothing is known to be missing. */
export function lacksOf({ packages, incomplete }: ToldPackages): PackageLack[] {
  if (packages === null) return ['list']
  // An agent that cannot say that its list was cut tells as many as there may be.
  const isCut = incomplete?.isCut === true || packages >= MAX_PACKAGES
  const lacks = [...new Set(incomplete?.unread), ...(isCut ? (['rest'] as const) : [])]
  return lacks.length === 0 && packages === 0 ? ['packages'] : lacks
}
