// Owns sets of versions as an advisory writes them, and whether a version is in one.
import type { Compare } from '../versions/order.ts'
import { compareUpstream, isIncomparable } from '../versions/upstream.ts'

export interface Bound {
  readonly version: string
  readonly isInclusive: boolean
}

/** All that it says holds together: in the branch, from, and to. */
export interface Interval {
  /** Of which a version begins with one: `7.2` for 7.2.x, `9.1*` for 9.1x. Absent: any. */
  readonly branches?: readonly string[]
  readonly from?: Bound
  readonly end?: Bound
  /** The versions that are free of it. Where several are written, each is of a branch; what is of none, and below only some of them, is not decided. */
  readonly to?: readonly Bound[]
}

export interface VersionRange {
  /** It is said that all versions are meant. */
  readonly isAll: boolean
  /** Any of them. Empty with `isAll` false: no version is written. */
  readonly intervals: readonly Interval[]
  /** Something of it is no number that can be compared. */
  readonly isUnclear: boolean
}

/** `unknown`: what is written does not decide. */
export type Containment = 'inside' | 'outside' | 'unknown'

/** Whether the version is in the range, in the given order. */
export function contains(range: VersionRange, version: string, compare: Compare): Containment {
  if (range.intervals.length === 0) return range.isAll && !range.isUnclear ? 'inside' : 'unknown'
  const found = range.intervals.map((interval) => within(interval, version, compare))
  if (range.isUnclear) return isInABranch(range, version) ? 'unknown' : 'outside'
  return found.includes('inside') ? 'inside' : found.includes('unknown') ? 'unknown' : 'outside'
}

// A bound that is no number says nothing, the branch before it does.
function isInABranch({ intervals }: VersionRange, version: string): boolean {
  return intervals.some(
    ({ branches }) => branches?.some((branch) => isOfBranch(version, branch)) ?? true,
  )
}

function within(interval: Interval, version: string, compare: Compare): Containment {
  const { branches, from, end, to = [] } = interval
  if (branches && !branches.some((branch) => isOfBranch(version, branch))) return 'outside'
  if (from) {
    const difference = compare(version, from.version)
    if (difference < 0 || (difference === 0 && !from.isInclusive)) return 'outside'
  }
  const isUnder = (bound: Bound): boolean => {
    const difference = compare(version, bound.version)
    return difference < 0 || (difference === 0 && bound.isInclusive)
  }
  if (end && !isUnder(end)) return 'outside'
  // "Antérieures à 17.1, 16.5 et 15.9": the bound of a version's own branch decides.
  const own = to.filter((bound) => isFixOfBranch(version, bound.version))
  const bounds = own.length > 0 ? own : to
  const isOpen = (bound: Bound): boolean => isIncomparable(version, bound.version)
  if (compare === compareUpstream && bounds.some(isOpen)) return 'unknown'
  const isBelow = bounds.map(isUnder)
  if (isBelow.every((yes) => yes)) return 'inside'
  return isBelow.some((yes) => yes) ? 'unknown' : 'outside'
}

/** Whether a fix is one of the version's own branch: 16.5 of 16.3, 4.1.21 of 4.1.2. */
export function isFixOfBranch(version: string, fix: string): boolean {
  const branch = branchOf(fix)
  return branch !== '' && isOfBranch(version, branch)
}

/** All but the last number; empty for a single one. */
export function branchOf(fix: string): string {
  return fix.split('.').slice(0, -1).join('.')
}

/** Whether a version begins with a branch, segment by segment: 7.2.9 is of 7.2, 7.20 is not; `9.1*` has 9.18. */
export function isOfBranch(version: string, branch: string): boolean {
  const plain = version.toLowerCase().replace(/^v(?=\d)/, '')
  const isOpen = branch.endsWith('*')
  const start = isOpen ? branch.slice(0, -1) : branch
  if (!plain.startsWith(start)) return isSameNumbers(plain, start)
  return isOpen || !/^\d/.test(plain.slice(start.length)) || !/\d$/.test(start)
}

// 1.2 is of the branch 1.2.0, and 06 is 6.
function isSameNumbers(version: string, branch: string): boolean {
  const numbers = branch.match(/\d+/g)
  const own = version.match(/\d+/g) ?? []
  if (!numbers || /[a-z*]/.test(branch)) return false
  return numbers.every((number, index) => Number(own[index] ?? 0) === Number(number))
}
