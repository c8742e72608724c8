// Owns which release of a Linux distribution this is, as os-release(5) and what goes beyond it say: what advisories name.
import { existsSync, readFileSync } from 'node:fs'
import type { Inventory } from '@vigie/shared/protocol/inventory'

const FILES = ['etc/os-release', 'usr/lib/os-release']
const MOST_LENGTH = 16_384

export type Release = Pick<Inventory['os'], 'id' | 'name' | 'version'>

/**
 * `id` is os-release's ID (`debian`, `rhel`, `sles`), `version` the most exact number that is known with the codename
 * behind it: `12.5 (bookworm)`, `24.04.1 LTS (noble)`, `15.6`. Undefined where no file says it.
 */
export function readRelease(root = '/'): Release | undefined {
  const path = FILES.map((file) => root + file).find((file) => existsSync(file))
  if (path === undefined) return undefined
  const said = assignmentsOf(readFileSync(path, 'utf8').slice(0, MOST_LENGTH))
  const id = said.get('ID')
  if (!id) return undefined
  const number = exactNumber(said, root)
  const codename = codenameOf(said)
  const version = [number, codename && `(${codename})`].filter(Boolean).join(' ')
  return {
    id: id.slice(0, 64),
    name: (said.get('NAME') ?? id).slice(0, 128),
    version: version.slice(0, 128),
  }
}

// Distributions that are never released have a build, such as `rolling`.
function exactNumber(said: ReadonlyMap<string, string>, root: string): string {
  const number = said.get('VERSION_ID') ?? ''
  const [inWords = ''] = (said.get('VERSION') ?? '').split(' (')
  const candidates = [pointReleaseOf(said, root), inWords, number || (said.get('BUILD_ID') ?? '')]
  return candidates.find((candidate) => candidate.startsWith(number) && candidate !== '') ?? number
}

// Debian's VERSION_ID is 12 in all of 12.0 to 12.5; others have the file too, with the Debian that they are made of.
function pointReleaseOf(said: ReadonlyMap<string, string>, root: string): string {
  const path = `${root}etc/debian_version`
  if (said.get('ID') !== 'debian' || !existsSync(path)) return ''
  return readFileSync(path, 'utf8').slice(0, 64).trim()
}

// Ubuntu 16.04 and RHEL have theirs in brackets only: "9.4 (Plow)".
function codenameOf(said: ReadonlyMap<string, string>): string | undefined {
  const [, inBrackets] = /\(([^()]{1,64})\)/.exec(said.get('VERSION') ?? '') ?? []
  return said.get('VERSION_CODENAME') || inBrackets
}

function assignmentsOf(text: string): Map<string, string> {
  const said = new Map<string, string>()
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=')
    if (equals < 1 || line.startsWith('#')) continue
    said.set(line.slice(0, equals).trim(), unquoted(line.slice(equals + 1).trim()))
  }
  return said
}

// Values are as a shell's: in quotes of either kind, with what is special escaped.
function unquoted(value: string): string {
  const [first] = value
  const isQuoted = (first === '"' || first === "'") && value.length > 1 && value.endsWith(first)
  return (isQuoted ? value.slice(1, -1) : value).replaceAll(/\\(["'$`\\])/g, '$1').trim()
}
