// Owns what Debian's security data decides on one package for one advisory (docs/cert.md, D2 to D7).
import type { Package } from '@vigie/shared/protocol/packages'
import type { HostSoftware } from '../../ports.ts'
import { CODENAMES } from '../release/codenames.ts'
import type { HostRelease } from '../release/host-release.ts'
import { compareDpkg } from '../versions/dpkg.ts'
import type { DebianData } from './debian-data.ts'

/** What an advisory asks of the data. */
export interface DebianQuestion {
  readonly cves: readonly string[]
  /** Of an advisory of Debian's own that names no CVE. */
  readonly ownNotice?: OwnNotice
}

export interface OwnNotice {
  readonly source: string
  readonly publishedMs: number
  /** No later one is known of that package. */
  readonly isNewest: boolean
}

export type DebianDecision =
  | { readonly is: 'fixed' }
  | { readonly is: 'older'; readonly cve: string; readonly fixedVersion: string }
  | { readonly is: 'older-update'; readonly fixedVersion: string }
  | { readonly is: 'open' | 'undetermined' | 'unknown'; readonly cve: string }
  | { readonly is: 'minor'; readonly cve: string; readonly why: string }

/** A package as Debian's data names it. */
export interface SourcePackage {
  readonly source: string
  readonly version: string
}

/** A day of a feed without hours, and a data file that was made before it was read. */
const SURELY_LATER_MS = 2 * 86_400_000

const NUMBERED = new Map(Array.from(CODENAMES.debian, ([name, number]) => [number, name]))

/** The codename of the release that a machine runs, where it runs Debian itself: what is made from it fixes on its own. */
export function debianCodename(
  os: HostSoftware['os'],
  { release }: HostRelease,
): string | undefined {
  return os.id.toLowerCase() === 'debian' ? NUMBERED.get(release) : undefined
}

const SIGNED_KERNEL = /^linux-signed(-\d+\.\d+)?-.*$/

/** Undefined for what is not the release's own: another manager's, or built from a later release. */
export function sourceOf(one: Package): SourcePackage | undefined {
  if (one.manager !== 'dpkg' || /~bpo\d/.test(one.version)) return undefined
  const source = one.source ?? one.name
  // Kernels that are signed are built again, from a source with a number of its own: linux-signed-6.1-amd64 is of linux-6.1.
  if (source.startsWith('linux-signed-')) {
    return { source: source.replace(SIGNED_KERNEL, 'linux$1'), version: one.version }
  }
  return { source, version: one.sourceVersion ?? one.version }
}

/** Undefined where the data says nothing of the package for this advisory. */
export function debianDecision(
  data: DebianData,
  question: DebianQuestion,
  { source, version, codename }: SourcePackage & { codename: string },
): DebianDecision | undefined {
  const { cves, ownNotice } = question
  if (cves.length === 0) {
    if (ownNotice?.source !== source) return undefined
    return byUpdate(ownNotice, data, { version, update: data.updateOf(source, codename) })
  }
  const found = cves.map((cve) => byCve(data, cve, { source, version, codename }))
  if (!found.some((decision) => decision !== undefined && decision.is !== 'unknown')) {
    return undefined
  }
  return found.reduce(worse, undefined)
}

function byCve(
  data: DebianData,
  cve: string,
  { source, version, codename }: SourcePackage & { codename: string },
): DebianDecision | undefined {
  const fix = data.fixOf(source, cve, codename)
  // Of another package it is another's; of none it may be too new.
  if (fix === undefined) return data.knows(cve) ? undefined : { is: 'unknown', cve }
  switch (fix?.is) {
    case 'fixed': {
      const isFixed = fix.version === '0' || compareDpkg(version, fix.version) >= 0
      return isFixed ? { is: 'fixed' } : { is: 'older', cve, fixedVersion: fix.version }
    }
    case 'open':
      return { is: 'open', cve }
    case 'minor':
      return { is: 'minor', cve, why: fix.why }
    case 'undetermined':
    case undefined:
      return { is: 'undetermined', cve }
  }
}

/** What is said of several is what is said of the worst. */
const GRAVITY: Readonly<Record<DebianDecision['is'], number>> = {
  fixed: 0,
  minor: 1,
  undetermined: 2,
  unknown: 3,
  open: 4,
  older: 5,
  'older-update': 5,
}

function worse(
  one: DebianDecision | undefined,
  other: DebianDecision | undefined,
): DebianDecision | undefined {
  if (!one || !other) return one ?? other
  // The highest of fixes has the others in it.
  if (one.is === 'older' && other.is === 'older') {
    return compareDpkg(one.fixedVersion, other.fixedVersion) >= 0 ? one : other
  }
  return GRAVITY[other.is] > GRAVITY[one.is] ? other : one
}

// The security archive has every update until the data was made: who has its newest has them all.
function byUpdate(
  { publishedMs, isNewest }: OwnNotice,
  { readMs }: DebianData,
  { version, update }: { version: string; update: string | undefined },
): DebianDecision | undefined {
  if (update === undefined || readMs - publishedMs < SURELY_LATER_MS) return undefined
  if (compareDpkg(version, update) >= 0) return { is: 'fixed' }
  return isNewest ? { is: 'older-update', fixedVersion: update } : undefined
}
