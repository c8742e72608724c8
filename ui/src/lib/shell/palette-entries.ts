// Owns what the palette offers for a few typed letters.
import type { HostSummary } from '@vigie/shared/api/host'

/** More hosts than this are not read; more letters find them. */
const MAX_HOSTS = 12

export interface PaletteAction {
  readonly id: string
  readonly label: string
  readonly run: () => void
}

/** Hosts whose name holds every word, those that start with the first one before the others. */
export function matchingHosts(hosts: readonly HostSummary[], query: string): HostSummary[] {
  const words = wordsOf(query)
  const first = words[0] ?? ''
  return hosts
    .filter((host) => words.every((word) => host.name.toLowerCase().includes(word)))
    .sort((a, b) => rank(a, first) - rank(b, first) || a.name.localeCompare(b.name, 'en'))
    .slice(0, MAX_HOSTS)
}

export function matchingActions(actions: readonly PaletteAction[], query: string): PaletteAction[] {
  const words = wordsOf(query)
  return actions.filter((action) =>
    words.every((word) => action.label.toLowerCase().includes(word)),
  )
}

function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean)
}

function rank(host: HostSummary, start: string): number {
  return host.name.toLowerCase().startsWith(start) ? 0 : 1
}
