// Owns what of Debian's security data a comparison asks for: what it says of the vulnerabilities that advisories name.
import type { DebianFix, DebianPackages } from './debian-fix.ts'

export interface DebianData {
  /** When it was last known to be what Debian says. */
  readonly readMs: number
  /** Whether it has the CVE, of whatever package. */
  knows(cve: string): boolean
  /** Undefined where it has nothing of that CVE in that source package; null where it has, but not of that release. */
  fixOf(source: string, cve: string, codename: string): DebianFix | null | undefined
  /** What the release's security archive has of a source package. */
  updateOf(source: string, codename: string): string | undefined
}

/** Keeps what `cves` are; the rest of `packages` may be forgotten. */
export function prepareDebianData(
  packages: DebianPackages,
  { cves, readMs }: { cves: ReadonlySet<string>; readMs: number },
): DebianData {
  const known = new Set<string>()
  const fixes = new Map<string, Readonly<Record<string, DebianFix>>>()
  const updates = new Map<string, Readonly<Record<string, string>>>()
  for (const [source, { fixes: all, updates: newest }] of Object.entries(packages)) {
    updates.set(source, newest)
    for (const [cve, byRelease] of Object.entries(all)) {
      if (!cves.has(cve)) continue
      known.add(cve)
      fixes.set(`${source} ${cve}`, byRelease)
    }
  }
  return {
    readMs,
    knows: (cve) => known.has(cve),
    fixOf: (source, cve, codename) => {
      const byRelease = fixes.get(`${source} ${cve}`)
      return byRelease && (byRelease[codename] ?? null)
    },
    updateOf: (source, codename) => updates.get(source)?.[codename],
  }
}
