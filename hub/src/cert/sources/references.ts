// Owns CERT-FR's references, such as CERTFR-2026-ALE-011: what is one, where it is read from, and which is newer.

const REFERENCE = /CERT(?:FR|A)-\d{4}-(?:ALE|AVI)-\d{3,4}/
const PARTS = /^CERT(FR|A)-(\d{4})-(ALE|AVI)-(\d{3,4})$/

export type CertfrCode = 'ALE' | 'AVI'

/** The text is one reference of that kind and nothing else. */
export function isReference(text: string, code: CertfrCode): boolean {
  return PARTS.exec(text)?.[3] === code
}

/** The first reference in an address or a text. */
export function referenceIn(text: string): string | undefined {
  return REFERENCE.exec(text.slice(0, 2_000))?.[0]
}

/** More than 0 when `a` was given out after `b`. Numbers have three digits until 2022 and, for notices, four since. */
export function compareReferences(a: string, b: string): number {
  return rankOf(a) - rankOf(b)
}

export function newestOf(references: Iterable<string>): string | undefined {
  return [...references].sort(compareReferences).at(-1)
}

export function oldestOf(references: Iterable<string>): string | undefined {
  return [...references].sort(compareReferences).at(0)
}

function rankOf(reference: string): number {
  const [, , year = '0', , number = '0'] = PARTS.exec(reference) ?? []
  return Number(year) * 10_000 + Number(number)
}
