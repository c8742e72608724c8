// Owns which release of which operating system a machine runs, as its agent tells it.
import type { HostSoftware } from '../../ports.ts'
import type { Platform } from '../text/affected-line.ts'
import { normalise } from '../text/normalise.ts'
import { CODENAMES, MACOS_NAMES } from './codenames.ts'
import { windowsOfHost, type WindowsRelease } from './windows-release.ts'

export type Family =
  | 'debian'
  | 'ubuntu'
  | 'rhel'
  | 'sles'
  | 'slemicro'
  | 'opensuse'
  | 'alpine'
  | 'arch'
  | 'fedora'
  | 'rocky'
  | 'alma'
  | 'centos'
  | 'oracle'
  | 'amazon'
  | 'macos'
  | 'windows'
  | 'unknown'

export interface HostRelease {
  readonly family: Family
  readonly platform: Platform
  /** `12`, `22.04`, `9.4`, `15.6` for a 15 SP6; empty when unknown. */
  readonly release: string
  /** Of SUSE: `server`, `sap`, `desktop`, `hpc`. */
  readonly edition: string
  /** As Node names it: x64, arm64, ia32, ppc64, s390x. */
  readonly architecture: string
  readonly windows?: WindowsRelease
  readonly kernel: string
  /** Of the operating system, for evidence. */
  readonly title: string
}

// What stands first is tried first: Ubuntu's files name Debian too.
const FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/windows|win32/, 'windows'],
  [/mac ?os|darwin|apple/, 'macos'],
  [/ubuntu/, 'ubuntu'],
  [/debian/, 'debian'],
  [/rocky/, 'rocky'],
  [/alma/, 'alma'],
  [/centos/, 'centos'],
  [/fedora/, 'fedora'],
  [/oracle/, 'oracle'],
  [/amazon|amzn/, 'amazon'],
  [/red ?hat|rhel/, 'rhel'],
  [/opensuse|leap|tumbleweed/, 'opensuse'],
  [/micro/, 'slemicro'],
  [/suse|sles|sled/, 'sles'],
  [/alpine/, 'alpine'],
  [/\barch\b|archlinux/, 'arch'],
]

/** Reads what the agent says; never fails, what it cannot read is unknown. */
export function hostRelease(os: HostSoftware['os']): HostRelease {
  const name = normalise(os.name)
  const id = normalise(os.id)
  const version = normalise(os.version)
  const family = familyOf(name) ?? familyOf(id) ?? 'unknown'
  const windows =
    family === 'windows' ? windowsOfHost(`${name} ${version}`, version, os.kernel) : undefined
  return {
    family,
    platform: family === 'windows' ? 'windows' : family === 'macos' ? 'macos' : 'linux',
    release: releaseOf(family, `${name} ${version}`, version),
    edition: editionOf(`${name} ${id} ${version}`),
    architecture: os.architecture.replace('x86_64', 'x64').replace('aarch64', 'arm64'),
    ...(windows && { windows }),
    kernel: os.kernel,
    title: `${os.name} ${os.version}`.slice(0, 200),
  }
}

function familyOf(text: string): Family | undefined {
  return FAMILIES.find(([pattern]) => pattern.test(text))?.[1]
}

function releaseOf(family: Family, text: string, version: string): string {
  const number = /\d+(?:\.\d+)*/.exec(version)?.[0] ?? /\d+(?:\.\d+)*/.exec(text)?.[0] ?? ''
  switch (family) {
    case 'debian':
    case 'ubuntu':
      return number === ''
        ? codenameIn(family, text)
        : firstParts(number, family === 'debian' ? 1 : 2)
    case 'sles':
    case 'opensuse':
    case 'slemicro':
      return servicePack(text) ?? firstParts(number, 2)
    case 'rhel':
    case 'rocky':
    case 'alma':
    case 'centos':
    case 'oracle':
    case 'alpine':
      return firstParts(number, 2)
    // Darwin's own number is not macOS's.
    case 'macos':
      return text.includes('darwin') ? '' : number
    case 'fedora':
    case 'amazon':
      return firstParts(number, 1)
    case 'arch':
    case 'windows':
    case 'unknown':
      return ''
  }
}

function codenameIn(family: 'debian' | 'ubuntu', text: string): string {
  const word = text.split(/[^a-z]+/).find((each) => CODENAMES[family].has(each))
  return CODENAMES[family].get(word ?? '') ?? ''
}

/** `15.6` of "15 SP6" and "15-SP6". */
export function servicePack(text: string): string | undefined {
  const found = /\b(\d{2})[ -]?sp ?(\d)\b/.exec(text)
  return found ? `${found[1] ?? ''}.${found[2] ?? ''}` : undefined
}

function editionOf(text: string): string {
  if (/sles_sap|sap applications/.test(text)) return 'sap'
  if (/\bsled\b|enterprise desktop/.test(text)) return 'desktop'
  if (/hpc|high performance/.test(text)) return 'hpc'
  return 'server'
}

function firstParts(number: string, count: number): string {
  return number.split('.').slice(0, count).join('.')
}

/** `15` of Sequoia. */
export function macosMajor(name: string): string | undefined {
  return MACOS_NAMES.get(name)
}
