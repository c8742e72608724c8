// Owns which host a person means: by its name or its id, with near matches when there is none.
import type { HostSummary } from '@vigie/shared/api/host'
import { CommandError } from './command-error.ts'

const MOST_SHOWN = 5

/** Throws a {@link CommandError} that says which hosts there are. */
export function namedHost<Host extends Pick<HostSummary, 'id' | 'name'>>(
  hosts: readonly Host[],
  written: string,
): Host {
  const host =
    hosts.find(({ name }) => name === written) ?? hosts.find(({ id }) => String(id) === written)
  if (host) return host
  if (hosts.length === 0)
    throw new CommandError('there are no hosts yet: `vigie enrol` invites one')
  const near = nearest(
    hosts.map(({ name }) => name),
    written,
  ).slice(0, MOST_SHOWN)
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : '`vigie hosts` lists them'
  throw new CommandError(`there is no host "${written}": ${hint}`)
}

/** Those that are like a word, most alike first. */
export function nearest(names: readonly string[], word: string): string[] {
  return names
    .map((name) => ({ name, likeness: likeness(name.toLowerCase(), word.toLowerCase()) }))
    .filter(({ likeness: size }) => size >= 0.4)
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ name }) => name)
}

// Dice's coefficient of the pairs of neighbouring letters: forgives what fingers do to names.
function likeness(a: string, b: string): number {
  const [own, other] = [pairs(a), pairs(b)]
  const both = [...own].filter((pair) => other.has(pair)).length
  return own.size + other.size === 0 ? 0 : (2 * both) / (own.size + other.size)
}

function pairs(word: string): Set<string> {
  const padded = ` ${word} `
  return new Set(Array.from({ length: padded.length - 1 }, (_, at) => padded.slice(at, at + 2)))
}
