// Owns a package as one line of text: what lists are hashed, compared and kept by. Imports no schema: agents run it.
import type { IncompletePackages, Package } from './packages.ts'

/**
 * A package as JSON with its members in one order, on one line. A list's text is its lines in the order of their UTF-16
 * code units (`Array.prototype.sort`), each once, joined by line feeds; its hash is SHA-256 of that and of
 * {@link incompleteEnd}, base64url.
 */
export function packageLine(of: Package): string {
  const { manager, name, version, architecture, source, sourceVersion, origin } = of
  return JSON.stringify({ manager, name, version, architecture, source, sourceVersion, origin })
}

/** The text of a list. */
export function packagesText(lines: Iterable<string>): string {
  return [...new Set(lines)].sort().join('\n')
}

/** What follows a list's text in its hash: nothing where it is whole, else a line feed and what it lacks on a line. */
export function incompleteEnd(incomplete: IncompletePackages | undefined): string {
  if (!incomplete) return ''
  const unread = [...new Set(incomplete.unread)].sort()
  return `\n${JSON.stringify({ unread, isCut: incomplete.isCut })}`
}

/** The lines of a list's text; an empty one has none. */
export function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n')
}

/** What a line says. It must be one of {@link packageLine}. */
export function packageOf(line: string): Package {
  return JSON.parse(line) as Package
}
