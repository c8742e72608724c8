// Owns Windows: which edition and build a machine runs, which a line names, and whether a build is fixed.
import { compareUpstream } from '../versions/upstream.ts'
import { WINDOWS_BUILDS } from './codenames.ts'

export interface WindowsRelease {
  /** `10`, `11`, `server 2022`, `server 2012 r2`; `server` alone for those that are called by their version. */
  readonly product: string
  /** `22h2`; absent when it is not said. */
  readonly version?: string
  /** `10.0.20348` or, with the number that updates raise, `10.0.20348.2340`. */
  readonly build?: string
}

const HOST_NAME = /windows (server (?:20\d\d)(?: r2)?|10|11|8\.1|8|7)\b/
const BUILD = /\b(?:6|10)\.\d\.\d{4,5}(?:\.\d+)?\b/

/** Reads what an agent says of its Windows; `kernel` and `version` may hold its build. */
export function windowsOfHost(name: string, version: string, kernel: string): WindowsRelease {
  const product = HOST_NAME.exec(name)?.[1] ?? (/server/.test(name) ? 'server' : '')
  const builds = [BUILD.exec(version)?.[0], BUILD.exec(kernel)?.[0]].filter(
    (build) => build !== undefined,
  )
  const build = builds.sort((a, b) => b.length - a.length)[0]
  const number = Number(build?.split('.')[2])
  const named = /\b(?:2[0-9]h[12]|1[5-9]\d\d|2004)\b/.exec(version.replace(BUILD, ''))?.[0]
  const told = WINDOWS_BUILDS.get(number) ?? named
  return {
    product,
    ...(build !== undefined && { build }),
    ...(told !== undefined && { version: told }),
  }
}

export interface NamedWindows {
  readonly product: string
  readonly version?: string
  readonly architecture?: string
  /** Only without its desktop, which no inventory shows. */
  readonly isCore: boolean
  /** What follows the name: the versions. */
  readonly rest: string
}

const NAMED =
  /^(?:microsoft )?windows (server (?:20\d\d)(?: r2)?|server|10|11|8\.1|8|7|rt 8\.1)\b(?: (?:datacenter|standard|azure edition|pro|entreprise|enterprise))*(?:,? ?(?:version |annual channel version )?(2[0-9]h[12]|1[5-9]\d\d|2004)\b(?: edition)?)?/
const SYSTEMS =
  /^ ?(?:pour|for) (?:les )?(?:systemes |systems )?(x64|arm ?64|arm 64 bits|32|x86|ia64|itanium)(?:[ -]?(?:bits?|bit|based))*(?: systems)?/

/** Reads normalised text that begins with the name of a Windows; undefined for programs that only begin so. */
export function namedWindows(text: string): NamedWindows | undefined {
  const named = NAMED.exec(text)
  if (!named) return undefined
  const [whole, product = '', version] = named
  let rest = text.slice(whole.length)
  const systems = SYSTEMS.exec(rest)
  if (systems) rest = rest.slice(systems[0].length)
  rest = rest.replace(/^ ?service pack \d/, '')
  const isCore = /server core/.test(rest)
  rest = rest.replace(/^ ?\([^()]{0,80}\)/, '').trim()
  if (
    rest !== '' &&
    !/^(?:toutes?|all|versions?|anterieur|inferieur|sans|avant|jusqu'|ne |n')/.test(rest)
  )
    return undefined
  return {
    product,
    ...(version !== undefined && { version }),
    ...(systems?.[1] !== undefined && { architecture: architectureOf(systems[1]) }),
    isCore,
    rest,
  }
}

function architectureOf(word: string): string {
  if (word.startsWith('arm')) return 'arm64'
  return word === 'x64' ? 'x64' : word.startsWith('i') && word !== 'ia32' ? 'ia64' : 'ia32'
}

/** Whether a machine's Windows is the one named. `unknown`: it may be. */
export function isNamedWindows(
  host: WindowsRelease,
  named: NamedWindows,
): 'yes' | 'no' | 'unknown' {
  if (host.product !== named.product) return 'no'
  if (named.version === undefined)
    return host.product === '10' && named.architecture !== undefined ? 'unknown' : 'yes'
  if (host.version === undefined) return 'unknown'
  return host.version === named.version ? 'yes' : 'no'
}

const WHOLE_BUILD = /^(?:6|10)\.\d\.\d{4,5}\.\d+$/

/** Whether a build is below the first that is free of it; `unknown` where updates are not told or the bound is no build. */
export function isBelowBuild(build: string | undefined, bound: string): 'yes' | 'no' | 'unknown' {
  if (build === undefined || !WHOLE_BUILD.test(bound)) return 'unknown'
  const [own, fixed] = [build.split('.'), bound.split('.')]
  const difference = compareUpstream(own.slice(0, 3).join('.'), fixed.slice(0, 3).join('.'))
  if (difference > 0) return 'no'
  // The bound of another build: whether it counts is not known.
  if (difference < 0 || own.length < 4) return 'unknown'
  return compareUpstream(build, bound) < 0 ? 'yes' : 'no'
}
