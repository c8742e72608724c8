// Owns what is read of Debian's security data: of each source package how its CVEs stand on the releases that have a number.
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { CODENAMES } from '../match/release/codenames.ts'
import type { DebianFix, DebianPackage, DebianPackages } from '../match/security-data/debian-fix.ts'
import { compareDpkg } from '../match/versions/dpkg.ts'
import { membersOf } from './json-members.ts'
import { MAX_DEBIAN_FIXES, MAX_DEBIAN_PACKAGE_BYTES, MAX_DEBIAN_PACKAGES } from './limits.ts'
import { tidyLine } from './plain-text.ts'
import { SourceFault } from './source-fault.ts'

const SOURCE = /^[a-z0-9][a-z0-9+.-]{0,127}$/
const CVE = /^CVE-\d{4}-\d{4,7}$/
/** Debian policy 5.6.12. */
const VERSION = /^[0-9A-Za-z.+~:-]{1,128}$/
const MAX_WORDS_LENGTH = 120

const text = Type.Optional(Type.String())
const Release = Type.Object({
  status: Type.String(),
  repositories: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  fixed_version: text,
  urgency: text,
  nodsa: text,
  nodsa_reason: text,
})
type Release = Static<typeof Release>
const Issue = Type.Object({ releases: Type.Record(Type.String(), Type.Unknown()) })

export interface ReadDebianData {
  readonly packages: DebianPackages
  /** How many CVEs of packages there are. */
  readonly fixes: number
}

/**
 * Reads it as its bytes come. What cannot be read of one release is undetermined there.
 * @throws {SourceFault} when it is not that data, or more of it than there can be.
 */
export async function readDebianData(chunks: AsyncIterable<Uint8Array>): Promise<ReadDebianData> {
  const packages: Record<string, DebianPackage> = {}
  let sources = 0
  let stands = 0
  let fixes = 0
  for await (const [name, issues] of membersOf(chunks, MAX_DEBIAN_PACKAGE_BYTES)) {
    if (!SOURCE.test(name) || typeof issues !== 'object' || issues === null) {
      throw new SourceFault('bad-document', 'the data has what is no source package')
    }
    const one = packageOf(issues)
    sources++
    fixes += Object.keys(one.fixes).length
    stands += Object.values(one.fixes).reduce((sum, all) => sum + Object.keys(all).length, 0)
    if (sources > MAX_DEBIAN_PACKAGES || stands > MAX_DEBIAN_FIXES) {
      throw new SourceFault('too-large', 'the data has more packages and CVEs than are read')
    }
    packages[name] = one
  }
  if (fixes === 0) throw new SourceFault('no-cards', 'the data names no CVE')
  return { packages, fixes }
}

function packageOf(issues: object): DebianPackage {
  const updates: Record<string, string> = {}
  const fixes: Record<string, Record<string, DebianFix>> = {}
  for (const [cve, issue] of Object.entries(issues)) {
    // Others are provisional names of Debian's own, which no advisory has.
    if (!CVE.test(cve) || !Value.Check(Issue, issue)) continue
    const stands: Record<string, DebianFix> = {}
    for (const codename of CODENAMES.debian.keys()) {
      const release: unknown = issue.releases[codename]
      if (release === undefined) continue
      const isRead = Value.Check(Release, release)
      stands[codename] = isRead ? fixOf(release) : { is: 'undetermined' }
      const update = isRead ? release.repositories?.[`${codename}-security`] : undefined
      if (isVersion(update)) updates[codename] = newer(update, updates[codename])
    }
    fixes[cve] = stands
  }
  return { updates, fixes }
}

function fixOf({ status, fixed_version: version, ...more }: Release): DebianFix {
  if (status === 'resolved' && isVersion(version)) return { is: 'fixed', version }
  if (status !== 'open') return { is: 'undetermined' }
  const why = whyMinor(more)
  return why === undefined ? { is: 'open' } : { is: 'minor', why }
}

// Without impact, ignored, put off, or in what is no more looked after: no fix of its own is to come.
function whyMinor({ urgency, nodsa, nodsa_reason: reason }: Omit<Release, 'status'>) {
  const isNone = urgency === 'unimportant' || urgency === 'end-of-life'
  if (nodsa === undefined && !reason && !isNone) return undefined
  const said = [nodsa, reason, isNone ? urgency : undefined]
    .map((words) => tidyLine(words ?? '', MAX_WORDS_LENGTH))
    .filter((words) => words !== '')
  return said.join(', ') || 'no DSA'
}

function isVersion(version: unknown): version is string {
  return typeof version === 'string' && VERSION.test(version)
}

function newer(version: string, known: string | undefined): string {
  return known !== undefined && compareDpkg(known, version) > 0 ? known : version
}
