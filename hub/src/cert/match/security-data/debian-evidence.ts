// Owns how what Debian's security data says changes the evidence that an advisory's own words gave.
import type { Evidence } from '@vigie/shared/api/advisory'
import type { EvidenceRule } from '@vigie/shared/advisories/evidence-words'
import { evidenceOf } from '../rules.ts'
import type { DebianDecision } from './debian-decision.ts'

/** What the advisory leaves open because it does not know Debian's fixes. Of others, only that it is fixed. */
const ANSWERED: ReadonlySet<string> = new Set<EvidenceRule>([
  'backport',
  'no-version',
  'unclear-version',
  'title-only',
  'notice-unfixed',
  'kernel-unfixed',
])

const RULES: Readonly<Record<Exclude<DebianDecision['is'], 'fixed'>, EvidenceRule>> = {
  older: 'debian-older',
  'older-update': 'debian-update',
  open: 'debian-open',
  minor: 'debian-minor',
  undetermined: 'debian-undetermined',
  unknown: 'debian-unknown',
}

/** Undefined: it is fixed, or never was there. Without a decision the evidence stays as it is. */
export function decided(
  evidence: Evidence,
  decision: DebianDecision | undefined,
  codename: string,
): Evidence | undefined {
  const isAnswered = ANSWERED.has(evidence.rule)
  // Versions that an advisory names for Debian decide by themselves.
  if (!decision || (evidence.verdict === 'concerned' && !isAnswered)) return evidence
  if (decision.is === 'fixed') return undefined
  if (!isAnswered) return evidence
  const { line, package: one } = evidence
  return {
    ...evidenceOf({
      rule: RULES[decision.is],
      line,
      ...(one && { package: one }),
      fixedVersion: 'fixedVersion' in decision ? decision.fixedVersion : undefined,
    }),
    distribution: {
      release: codename,
      cve: 'cve' in decision ? decision.cve : null,
      says: decision.is === 'minor' ? decision.why : null,
    },
  }
}
