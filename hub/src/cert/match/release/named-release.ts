// Owns which release of an operating system a line of an advisory names, and whether a machine runs it.
import { readAffectedLine, type AffectedLine } from '../text/affected-line.ts'
import type { VersionRange } from '../text/version-range.ts'
import { CODENAMES } from './codenames.ts'
import { macosMajor, servicePack, type Family, type HostRelease } from './host-release.ts'
import { isNamedWindows, namedWindows, type NamedWindows } from './windows-release.ts'

export interface NamedRelease {
  readonly family: Family
  /** Empty: any. */
  readonly release: string
  /** What must be bought or set up beside the release, such as `esm` or `eus`; empty for the release as it is. */
  readonly edition: string
  readonly architecture?: string
  /** A kernel that must be there. */
  readonly kernel?: 'rt' | 'livepatch'
  readonly windows?: NamedWindows
  /** Not the system, but the browser that comes with it; `range` is of its own numbers. */
  readonly isSafari?: true
  /** The package that the line names beside the release. */
  readonly subject: string
  readonly range: VersionRange
  readonly line: AffectedLine
}

const CODENAME = [...CODENAMES.debian.keys(), ...CODENAMES.ubuntu.keys(), 'sid'].join('|')
const SECOND_NAME = 'jellyfish|fossa|numbat|beaver|xerus|tahr|oriole|puffin|quokka'
const STARTS: readonly (readonly [RegExp, Family])[] = [
  [
    new RegExp(
      `^(?:gnu/linux )?debian(?: gnu/linux| linux)?(?: (?:lts|elts))?(?: (?:stable|oldstable|oldoldstable))?(?: \\(?(\\d{1,2}|${CODENAME})(?:\\.\\d+)?\\)?)?(?: \\(?(${CODENAME})\\)?)?`,
    ),
    'debian',
  ],
  [
    new RegExp(
      `^ubuntu(?: linux| server| desktop)*(?: (\\d\\d\\.\\d\\d))?(?:\\.\\d+)?(?: (?:lts|esm|pro))*(?: \\(?(${CODENAME})(?: (?:${SECOND_NAME}))?\\)?)?(?: (?:lts|esm|pro))*`,
    ),
    'ubuntu',
  ],
  [/^opensuse(?: leap)?(?: (tumbleweed|\d\d\.\d))?/, 'opensuse'],
  [/^alpine(?: linux)?(?: v?(\d\.\d+))?/, 'alpine'],
  [/^arch ?linux/, 'arch'],
  [/^fedora(?: linux)?(?: (\d\d))?/, 'fedora'],
  [/^rocky(?: linux)?(?: (\d{1,2}(?:\.\d+)?))?/, 'rocky'],
  [/^almalinux(?: os)?(?: (\d{1,2}(?:\.\d+)?))?/, 'alma'],
  [/^centos(?: linux| stream)*(?: (\d{1,2}(?:\.\d+)?))?/, 'centos'],
  [/^oracle linux(?: (\d{1,2}(?:\.\d+)?))?/, 'oracle'],
  [/^amazon linux(?: (\d{1,4}))?/, 'amazon'],
]
const ANYWHERE =
  /(?:^|.{1,80}? (?:pour|de|du|d'|sur|sous|dans|for|on|in|of) ?)((?:gnu\/linux )?(?:debian|ubuntu|red hat enterprise linux|rhel|suse linux|opensuse|alpine linux|fedora|rocky linux|almalinux|centos|oracle linux|amazon linux)\b)/

/** Undefined when the line names no operating system. */
export function namedRelease(line: AffectedLine): NamedRelease | undefined {
  const windows = namedWindows(line.text)
  if (windows) {
    const range = readAffectedLine(windows.rest).range
    return { family: 'windows', release: '', edition: '', windows, subject: '', range, line }
  }
  const macos = namedMacos(line) ?? namedSafari(line)
  if (macos) return macos
  const start = ANYWHERE.exec(line.text.slice(0, 200))
  if (start?.[1] === undefined) return undefined
  const at = start.index + start[0].length - start[1].length
  const before = line.text.slice(0, at)
  const subject = before.replace(/ ?(?:pour|de|du|d'|sur|sous|dans|for|on|in|of) ?$/, '')
  return linuxRelease(line, line.text.slice(at), subject.trim())
}

function namedMacos(line: AffectedLine): NamedRelease | undefined {
  const named =
    /^(?:apple )?(?:macos|mac os x|mac os)(?: (big sur|[a-z]+))?(?: (\d+(?:\.\d+)?)(?=\.x| |$))?/.exec(
      line.head,
    )
  if (!named) return undefined
  const [whole, name = '', number = ''] = named
  const rest = line.head.slice(whole.length)
  if (/^ [a-z]/.test(rest) || (name !== '' && macosMajor(name) === undefined)) return undefined
  const release = macosMajor(name) ?? number
  const { headRange } = line
  return { family: 'macos', release, edition: '', subject: '', range: headRange, line }
}

function namedSafari(line: AffectedLine): NamedRelease | undefined {
  if (!/^(?:apple )?safari$/.test(line.name)) return undefined
  if (line.platforms.length > 0 && !line.platforms.includes('macos')) return undefined
  const base = { family: 'macos', release: '', edition: '', subject: '' } as const
  return { ...base, isSafari: true, range: line.range, line }
}

function linuxRelease(line: AffectedLine, text: string, subject: string): NamedRelease | undefined {
  const own = readAffectedLine(text)
  if (/^(?:red hat enterprise linux|rhel)\b/.test(text)) return redHat(line, own, subject)
  if (text.startsWith('suse linux')) return suse(line, own, subject)
  for (const [pattern, family] of STARTS) {
    const named = pattern.exec(text)
    if (!named) continue
    const rest = readAffectedLine(text.slice(named[0].length).trim())
    if (rest.name !== '' && !isPackageName(rest.name)) return undefined
    const edition = /\b(?:esm|pro)\b/.test(named[0]) ? 'esm' : ''
    return {
      family,
      release: numberOf(family, [named[1], named[2]]),
      edition,
      subject: subject === '' ? rest.name : subject,
      range: rest.range,
      line,
    }
  }
  return undefined
}

function isPackageName(text: string): boolean {
  return /^[a-z0-9][a-z0-9+.-]{0,60}$/.test(text) || /^(?:le )?(?:noyau|kernel|linux)/.test(text)
}

function numberOf(family: Family, words: readonly (string | undefined)[]): string {
  for (const word of words) {
    if (word === undefined) continue
    if (/^\d/.test(word) || word === 'tumbleweed') return word
    const number =
      family === 'debian' || family === 'ubuntu' ? CODENAMES[family].get(word) : undefined
    if (number !== undefined) return number
  }
  return ''
}

const RED_HAT_EDITIONS: readonly (readonly [RegExp, string])[] = [
  [/extended update support|\beus\b/, 'eus'],
  [/\baus\b|advanced (?:mission critical )?update/, 'aus'],
  [/\btus\b|telecommunications/, 'tus'],
  [/sap solutions|\be4s\b|for sap/, 'sap'],
  [/\d years of (?:updates|support)/, 'long'],
  [/extended life|\bels\b/, 'els'],
]
const RED_HAT_ARCHITECTURES: readonly (readonly [RegExp, string])[] = [
  [/x86_64$/, 'x64'],
  [/aarch64$/, 'arm64'],
  [/ppc64(?:le)?$/, 'ppc64'],
  [/s390x$/, 's390x'],
]

function redHat(line: AffectedLine, own: AffectedLine, subject: string): NamedRelease | undefined {
  const { head } = own
  const numbers = head
    .replace(/\d years of (?:updates|support)/, ' ')
    .replace(/x86_64|aarch64|arm 64|ppc64le|ppc64|s390x/g, ' ')
  const release = /(?:^|[ (v])(\d{1,2}(?:\.\d{1,2})?)(?= |$|\.x|\))/.exec(numbers)?.[1] ?? ''
  const architecture = RED_HAT_ARCHITECTURES.find(([pattern]) => pattern.test(head))?.[1]
  const after = numbers.slice(numbers.lastIndexOf(release) + release.length).trim()
  return {
    family: 'rhel',
    release,
    edition: RED_HAT_EDITIONS.find(([pattern]) => pattern.test(head))?.[1] ?? '',
    ...(architecture !== undefined && { architecture }),
    ...(/real time|\bnfv\b/.test(head) && { kernel: 'rt' as const }),
    subject: subject === '' && isPackageName(after) ? after : subject,
    range: own.headRange,
    line,
  }
}

function suse(line: AffectedLine, own: AffectedLine, subject: string): NamedRelease | undefined {
  const { head } = own
  const release = servicePack(head) ?? /(?:^| )(\d{1,2}(?:\.\d)?)(?= |$)/.exec(head)?.[1] ?? ''
  const kernel = /real time/.test(head)
    ? 'rt'
    : /live patching/.test(head)
      ? 'livepatch'
      : undefined
  const base = { subject, range: own.headRange, line, release }
  // What is added to a server is never named without the server.
  if (/extension|module|manager|storage|extras/.test(head)) return undefined
  if (/\bmicro\b/.test(head)) return { ...base, family: 'slemicro', edition: '' }
  if (kernel) return { ...base, family: 'sles', edition: '', kernel }
  const limited = /ltss|espos|business critical|extreme core/.test(head)
  const product = /sap applications/.test(head)
    ? 'sap'
    : /desktop/.test(head)
      ? 'desktop'
      : /high performance/.test(head)
        ? 'hpc'
        : 'server'
  return { ...base, family: 'sles', edition: limited ? `${product} ltss` : product }
}

/** `edition`: the release is named for those only who have bought or set up more, which an inventory does not show. */
export function runsRelease(host: HostRelease, named: NamedRelease): 'yes' | 'no' | 'edition' {
  if (host.family !== named.family) return 'no'
  const { windows } = named
  if (windows) return runsWindows(host, windows)
  if (named.architecture !== undefined && named.architecture !== host.architecture) return 'no'
  if (named.release !== '' && !isReleaseOf(host.release, named.release)) return 'no'
  if (host.family === 'sles' && !named.kernel) {
    const [product, limit] = named.edition.split(' ')
    if (product !== host.edition) return 'no'
    return limit === undefined ? 'yes' : 'edition'
  }
  return named.edition === '' ? 'yes' : 'edition'
}

function runsWindows(host: HostRelease, named: NamedWindows): 'yes' | 'no' | 'edition' {
  if (!host.windows) return 'no'
  if (named.architecture !== undefined && named.architecture !== host.architecture) return 'no'
  const is = isNamedWindows(host.windows, named)
  return is === 'no' ? 'no' : is === 'unknown' || named.isCore ? 'edition' : 'yes'
}

// A 9 is every 9.x; a machine that tells its major number only may be any of them.
function isReleaseOf(own: string, named: string): boolean {
  return own === named || own.startsWith(`${named}.`)
}
