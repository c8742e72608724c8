// Owns a package as one line of text: what lists are hashed, compared and kept by. Imports no schema: agents run it.
import type { Package } from './packages.ts'

/**
 * A package as JSON with its members in one order, on one line. A list's text is its lines in the order of their UTF-16
 * code units (`Array.prototype.sort`), each once, joined by line feeds; its hash is SHA-256 of that, base64url.
 */
export function packageLine(of: Package): string {
  const { manager, name, version, architecture, source, sourceVersion, origin } = of
  return JSON.stringify({ manager, name, version, architecture, source, sourceVersion, origin })
}

/** The text of a list. */
export function packagesText(lines: Iterable<string>): string {
  return [...new Set(lines)].sort().join('\n')
}

/** The lines of a list's text; an empty one has none. */
export function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n')
}

/** What a line says. It must be one of {@link packageLine}. */
export function packageOf(line: string): Package {
  return JSON.parse(line) as Package
}
