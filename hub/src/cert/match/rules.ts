// Owns which rule gives which verdict; `shared/src/advisories/evidence-words.ts` says each in words.
import type { Evidence } from '@vigie/shared/api/advisory'
import type { Package } from '@vigie/shared/protocol/packages'
import type { EvidenceRule } from '@vigie/shared/advisories/evidence-words'

const CONCERNED: ReadonlySet<EvidenceRule> = new Set<EvidenceRule>([
  'in-range',
  'all-versions',
  'notice-unfixed',
  'notice-older',
  'kernel-unfixed',
  'kernel-older',
  'system-older',
  'debian-older',
  'debian-update',
  'debian-open',
])

export interface Found {
  readonly rule: EvidenceRule
  /** As the advisory writes it. */
  readonly line: string
  readonly package?: Pick<Package, 'manager' | 'name' | 'version'>
  readonly fixedVersion?: string | undefined
}

/** What the rule found, as it is kept and shown. */
export function evidenceOf({ rule, line, package: one, fixedVersion }: Found): Evidence {
  return {
    verdict: CONCERNED.has(rule) ? 'concerned' : 'check',
    line,
    package: one ? { manager: one.manager, name: one.name, version: one.version } : null,
    rule,
    fixedVersion: fixedVersion ?? null,
  }
}

/** The concerned first; among equals, in the order in which they were found. */
export function strongestFirst(evidence: readonly Evidence[]): Evidence[] {
  const rank = ({ verdict }: Evidence): number => (verdict === 'concerned' ? 0 : 1)
  return evidence.toSorted((a, b) => rank(a) - rank(b))
}
