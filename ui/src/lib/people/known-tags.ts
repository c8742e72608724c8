// Owns which tags hosts have, to choose from.
import { fleet } from '../fleet/the-fleet.ts'

export function knownTags(): string[] {
  return [...new Set(fleet.list.flatMap(({ summary }) => summary.tags))].sort()
}
