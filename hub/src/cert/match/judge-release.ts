// Owns the verdict on a machine whose operating system an advisory names: a distribution's notice, Windows, macOS.
import type { Evidence } from '@vigie/shared/api/advisory'
import type { Package } from '@vigie/shared/protocol/packages'
import { fixedVersion } from './judge-product.ts'
import type { HostRelease } from './release/host-release.ts'
import type { NamedRelease } from './release/named-release.ts'
import { isBelowBuild } from './release/windows-release.ts'
import { evidenceOf } from './rules.ts'
import type { RunningKernel } from './running-kernel.ts'
import { contains, type VersionRange } from './text/version-range.ts'
import { ORDERS } from './versions/order.ts'
import { compareUpstream, upstreamOf } from './versions/upstream.ts'

/** What a notice is about on the release that it names. `unknown`: it could not be read from the advisory. */
export type Subject =
  { readonly type: 'kernel' } | { readonly type: 'packages' } | { readonly type: 'unknown' }

export interface ReleaseClaim {
  readonly written: string
  readonly named: NamedRelease
  readonly subject: Subject
}

export interface ReleaseFacts {
  readonly host: HostRelease
  /** The edition that is named may or may not be the machine's. */
  readonly isEditionOpen: boolean
  readonly packages: readonly Package[]
  readonly running: RunningKernel
  /** Those that the notice is about. */
  readonly affected: readonly Package[]
  /** What more is known of a package than the notice says. */
  readonly settle: (evidence: Evidence | undefined, one: Package) => Evidence | undefined
}

/** The evidence that a line on an operating system gives for a machine that runs it; undefined: it is not concerned. */
export function judgeRelease(claim: ReleaseClaim, facts: ReleaseFacts): Evidence | undefined {
  const { named, subject } = claim
  const evidence =
    named.family === 'windows'
      ? judgeWindows(claim, facts)
      : named.family === 'macos'
        ? judgeMacos(claim, facts)
        : subject.type === 'kernel'
          ? judgeKernel(claim, facts)
          : subject.type === 'packages'
            ? judgePackages(claim, facts)
            : evidenceOf({ rule: 'notice-no-package', line: claim.written })
  if (evidence?.verdict !== 'concerned') return evidence
  if (facts.isEditionOpen) return { ...evidence, verdict: 'check', rule: 'edition' }
  return named.line.doubts.length > 0
    ? { ...evidence, verdict: 'check', rule: named.line.doubts[0] ?? 'condition' }
    : evidence
}

function judgeWindows(
  { written, named }: ReleaseClaim,
  { host }: ReleaseFacts,
): Evidence | undefined {
  const bounds = named.range.intervals.flatMap(({ to = [] }) => to)
  const fixed = bounds[0]?.version
  const answers = bounds.map(({ version }) => isBelowBuild(host.windows?.build, version))
  if (answers.length > 0 && answers.every((answer) => answer === 'no')) return undefined
  const isOlder = answers.length > 0 && answers.every((answer) => answer === 'yes')
  return evidenceOf({
    rule: isOlder ? 'system-older' : 'windows-updates',
    line: written,
    fixedVersion: fixed,
  })
}

function judgeMacos(
  { written, named }: ReleaseClaim,
  { host }: ReleaseFacts,
): Evidence | undefined {
  const found = { line: written, fixedVersion: fixedVersion(named.range, host.release) }
  if (host.release === '') return evidenceOf({ ...found, rule: 'unclear-version' })
  if (named.isSafari) return judgeSafari({ written, named }, host.release)
  switch (contains(named.range, host.release, compareUpstream)) {
    case 'outside':
      return undefined
    case 'unknown':
      return evidenceOf({ ...found, rule: 'no-version' })
    case 'inside':
      return evidenceOf({ ...found, rule: 'system-older' })
  }
}

// No inventory tells Safari's number. It is at least that which came with the system: 18.2 with macOS 15.2, 26.1 with 26.1.
function judgeSafari(
  { written, named }: Pick<ReleaseClaim, 'written' | 'named'>,
  system: string,
): Evidence | undefined {
  const came = system.replace(/^1\d(?=\.|$)/, (major) => String(Number(major) + 3))
  if (contains(named.range, came, compareUpstream) === 'outside') return undefined
  const fixed = fixedVersion(named.range)
  return evidenceOf({ rule: 'unclear-version', line: written, fixedVersion: fixed })
}

function judgePackages(
  { written, named }: ReleaseClaim,
  { affected, settle }: ReleaseFacts,
): Evidence | undefined {
  let found: Evidence | undefined
  for (const one of affected) {
    const said = judgeByRange(written, named.range, one, ['notice-unfixed', 'notice-older'])
    const evidence = settle(said, one)
    if (evidence?.verdict === 'concerned') return evidence
    found ??= evidence
  }
  return found
}

type Rules = readonly ['notice-unfixed' | 'kernel-unfixed', 'notice-older' | 'kernel-older']

// A line without a version counts as not fixed.
function judgeByRange(
  line: string,
  range: VersionRange,
  one: Package,
  [unfixed, older]: Rules,
): Evidence | undefined {
  const found = { line, package: one, fixedVersion: fixedVersion(range) }
  if (range.intervals.length === 0 && !range.isUnclear)
    return evidenceOf({ ...found, rule: unfixed })
  const version = one.sourceVersion ?? one.version
  switch (contains(range, comparable(version, range), ORDERS[one.manager])) {
    case 'outside':
      return undefined
    case 'unknown':
      return evidenceOf({ ...found, rule: 'unclear-version' })
    case 'inside':
      return evidenceOf({ ...found, rule: older })
  }
}

// An epoch that the notice leaves out is left out on both sides.
function comparable(version: string, { intervals }: VersionRange): string {
  const hasEpoch = intervals.some(({ to = [], end, from }) =>
    [...to, end, from].some((bound) => bound && /^\d+:/.test(bound.version)),
  )
  return hasEpoch ? version : version.replace(/^\d+:/, '')
}

function judgeKernel(
  claim: ReleaseClaim,
  { host, packages, running, settle }: ReleaseFacts,
): Evidence | undefined {
  const { named, written } = claim
  if (packages.length === 0) return evidenceOf({ rule: 'kernel-unknown', line: written })
  // Of a container: the kernel is its host's.
  if (!running.installed) return undefined
  if (named.kernel === 'livepatch') {
    const patch = running.livepatch
    return patch && judgeByRange(written, named.range, patch, ['kernel-unfixed', 'kernel-older'])
  }
  if (named.kernel === 'rt' && !isRealTime(host.kernel)) return undefined
  const one = running.booted ?? unameAsPackage(running, host)
  if (!one) {
    const isUnfixed = named.range.intervals.length === 0 && !named.range.isUnclear
    const rule = isUnfixed ? 'kernel-unfixed' : 'kernel-unknown'
    return evidenceOf({ rule, line: written, package: running.installed })
  }
  const said = judgeByRange(written, named.range, one, ['kernel-unfixed', 'kernel-older'])
  const evidence = settle(said, one)
  if (evidence?.rule !== 'kernel-older' || isSameSeries(one, evidence.fixedVersion)) return evidence
  return { ...evidence, verdict: 'check', rule: 'kernel-series' }
}

function isRealTime(kernel: string): boolean {
  return /[+.-]rt(?:\d|\b)/.test(kernel)
}

// An rpm's uname is its version.
function unameAsPackage(
  { installed }: RunningKernel,
  { kernel }: HostRelease,
): Package | undefined {
  if (installed?.manager !== 'rpm' || !/\.(?:el|fc|amzn)\d/.test(kernel)) return undefined
  return {
    manager: 'rpm',
    name: installed.name,
    version: kernel.replace(/\.(?:x86_64|aarch64|ppc64le|s390x).*$/, ''),
  }
}

// A notice of 6.1 on a release whose own kernel is 5.10 may be of an offered, newer one.
function isSameSeries(one: Package, fixed: string | null): boolean {
  if (fixed === null) return true
  const series = (version: string): string => version.split('.').slice(0, 2).join('.')
  return series(upstreamOf(one.version, one.manager)) === series(fixed.replace(/^\d+:/, ''))
}
