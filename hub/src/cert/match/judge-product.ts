// Owns the verdict on a package of a product that an advisory names with its maker's numbers.
import type { Evidence } from '@vigie/shared/api/advisory'
import type { Package } from '@vigie/shared/protocol/packages'
import { isMakersBuild } from './package-build.ts'
import type { ProductAlias } from './product-aliases.ts'
import { numberInName } from './program-name.ts'
import { evidenceOf } from './rules.ts'
import type { AffectedLine, Platform } from './text/affected-line.ts'
import {
  branchOf,
  contains,
  isFixOfBranch,
  isOfBranch,
  type VersionRange,
} from './text/version-range.ts'
import { compareUpstream, isIncomparable, upstreamOf } from './versions/upstream.ts'

/** A line of an advisory that names a product. */
export interface ProductClaim {
  /** As written. */
  readonly written: string
  readonly line: AffectedLine
  /** Only the advisory's title says so. */
  readonly isTitleOnly: boolean
}

export interface InstalledPackage {
  readonly package: Package
  readonly alias?: ProductAlias
  readonly isMakers: boolean
}

/** The evidence that an advisory's lines on one product give for one package; undefined: it is not concerned. */
export function judgeProduct(
  claims: readonly ProductClaim[],
  installed: InstalledPackage,
  platform: Platform,
): Evidence | undefined {
  const here = claims.filter(
    ({ line }) => line.platforms.length === 0 || line.platforms.includes(platform),
  )
  if (hasOwnNumbers(installed)) return judgeOwnNumbers(here, installed)
  const version = makersNumber(installed, here)
  const found = judgeVersion(here, installed, version)
  const other = otherNumber(installed, version) ?? suffixedNumber(installed, version, here)
  // It may have either of two numbers: what only one of them says is not certain.
  const contrary = other === undefined ? found : judgeVersion(here, installed, other)
  if ((found === undefined) === (contrary === undefined)) return found
  const said = found ?? contrary
  return said && { ...said, verdict: 'check', rule: 'own-numbering' }
}

function judgeVersion(
  here: readonly ProductClaim[],
  installed: InstalledPackage,
  version: string,
): Evidence | undefined {
  if (isPastFix(here, version)) return undefined
  let found: Evidence | undefined
  for (const claim of here) {
    const evidence = judgeClaim(claim, installed, version)
    if (evidence?.verdict === 'concerned') return evidence
    found ??= evidence
  }
  return found
}

function judgeClaim(
  { written, line, isTitleOnly }: ProductClaim,
  { package: one, alias, isMakers }: InstalledPackage,
  version: string,
): Evidence | undefined {
  const { range, doubts } = line
  const containment = contains(range, version, compareUpstream)
  if (containment === 'outside') return undefined
  const found = { line: written, package: one, fixedVersion: fixedVersion(range, version) }
  const [doubt] = doubts
  if (isTitleOnly) return evidenceOf({ ...found, rule: 'title-only' })
  if (doubt) return evidenceOf({ ...found, rule: doubt })
  if (containment === 'unknown') {
    const isUnsaid = range.intervals.length === 0 && !range.isUnclear
    return evidenceOf({ ...found, rule: isUnsaid ? 'no-version' : 'unclear-version' })
  }
  if (!isMakers && !isMakersBuild(one, alias)) return evidenceOf({ ...found, rule: 'backport' })
  return evidenceOf({ ...found, rule: range.isAll ? 'all-versions' : 'in-range' })
}

function hasOwnNumbers({ package: one, alias }: InstalledPackage): boolean {
  return alias?.numbering === 'own' && (one.manager === 'windows' || one.manager === 'winget')
}

// The program is there; its number is of another kind. Another major version in its name is another product.
function judgeOwnNumbers(
  claims: readonly ProductClaim[],
  { package: one }: InstalledPackage,
): Evidence | undefined {
  const major = /^\d+/.exec(numberInName(one.name) ?? '')?.[0]
  const claim = claims.find(({ line }) => {
    const majors = majorsOf(line.range)
    return major === undefined || majors.length === 0 || majors.includes(major)
  })
  if (!claim) return undefined
  const { written, line } = claim
  return evidenceOf({
    rule: 'own-numbering',
    line: written,
    package: one,
    fixedVersion: fixedVersion(line.range),
  })
}

function majorsOf({ intervals }: VersionRange): string[] {
  return intervals
    .flatMap(({ branches = [] }) => branches)
    .map((branch) => /^\d+/.exec(branch)?.[0])
    .filter((major) => major !== undefined)
}

function makersNumber(
  { package: one, alias }: InstalledPackage,
  claims: readonly ProductClaim[],
): string {
  const told = upstreamOf(one.version, one.manager)
  const isProgram = one.manager === 'windows' || one.manager === 'winget'
  const named = isProgram ? numberInName(one.name) : undefined
  if (named === undefined) return told
  return alias?.numbering === 'name' || isCountedAs(named, told, claims) ? named : told
}

// Its name tells another than the registry: 4.1.14 of a program that is 4.114.9811 there; not the 3.12 of its 3.12.2.
function otherNumber(
  { package: one, alias }: InstalledPackage,
  version: string,
): string | undefined {
  if (one.manager !== 'windows' && one.manager !== 'winget') return undefined
  const named = alias?.numbering === 'name' ? undefined : numberInName(one.name)
  if (named === undefined || named === version || named.split('.').length < 3) return undefined
  const isSame = isOfBranch(version, named) || isOfBranch(named, version)
  return isSame || !isOfBranch(version, named.split('.')[0] ?? '') ? undefined : named
}

// Grafana's own package of 11.2.2+security-01 is 11.2.2-01. Only dpkg leaves out a release that says nothing.
function suffixedNumber(
  { package: one, alias, isMakers }: InstalledPackage,
  version: string,
  claims: readonly ProductClaim[],
): string | undefined {
  if (one.manager !== 'dpkg' || !one.version.includes('-')) return undefined
  if (!isMakers && !isMakersBuild(one, alias)) return undefined
  return numbersIn(claims).find((written) => written.startsWith(`${version}+`))
}

// "PyCharm 2024.2.3" tells the registry 242.23339: of the two, the one of a major version that the lines write.
function isCountedAs(named: string, told: string, claims: readonly ProductClaim[]): boolean {
  const majorOf = (version: string): string | undefined => /^\d+/.exec(version)?.[0]
  const written = new Set(numbersIn(claims).map(majorOf))
  return written.has(majorOf(named)) && !written.has(majorOf(told))
}

function numbersIn(claims: readonly ProductClaim[]): string[] {
  return claims
    .flatMap(({ line }) => line.range.intervals)
    .flatMap(({ branches = [], to = [] }) => [...branches, ...to.map((bound) => bound.version)])
}

// "Versions antérieures à 4.1.21", "antérieures à 4.4.11": each is the fix of its own branch, and 4.1.21 is below 4.4.11.
// Of 2.442 and 2.426.3, the latter is closer to a 2.426.4.
function isPastFix(claims: readonly ProductClaim[], version: string): boolean {
  const fixes = claims
    .flatMap(({ line }) => line.range.intervals)
    .flatMap(({ to = [] }) => to)
    .filter(({ version: fix, isInclusive }) => !isInclusive && isFixOfBranch(version, fix))
  const depth = (fix: string): number => branchOf(fix).split('.').length
  const deepest = Math.max(...fixes.map((fix) => depth(fix.version)))
  const closest = fixes.filter((fix) => depth(fix.version) === deepest)
  const isPast = (fix: string): boolean =>
    compareUpstream(version, fix) >= 0 && !isIncomparable(version, fix)
  return closest.length > 0 && closest.every((fix) => isPast(fix.version))
}

/** The version that is free of it, as far as the range says one; of several, that of the branch. */
export function fixedVersion(range: VersionRange, version?: string): string | undefined {
  const fixes = range.intervals.flatMap(({ to = [] }) =>
    to.filter(({ isInclusive }) => !isInclusive),
  )
  const own =
    version === undefined ? undefined : fixes.find((fix) => isFixOfBranch(version, fix.version))
  return (own ?? fixes[0])?.version
}
