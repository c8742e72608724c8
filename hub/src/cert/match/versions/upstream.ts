// Owns the order of the numbers that makers give their own releases: 1.1.1w, 9.8p1, 3.0.0-rc1, 8u431, 10.0.17763.1234.
import type { PackageManager } from '@vigie/shared/protocol/packages'
import { compareDigits } from './parts.ts'

// What comes before the release that it is named for.
const EARLY = ['dev', 'snapshot', 'alpha', 'beta', 'milestone', 'preview', 'pre', 'rc', 'cr']

/** Negative when `a` is older, 0 when they are equal (1.2 is 1.2.0), positive when it is newer. */
export function compareUpstream(a: string, b: string): number {
  const left = parts(a)
  const right = parts(b)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = comparePart(left[index], right[index])
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether they part where one has a number and the other letters, 4.10.8029 and 4.10MR9: there is no order in that. */
export function isIncomparable(a: string, b: string): boolean {
  const [left, right] = [parts(a), parts(b)]
  const at = left.findIndex((part, index) => comparePart(part, right[index]) !== 0)
  return isMixed(left[at], right[at]) || isMixed(right[at], left[at])
}

function isMixed(a: string | undefined, b: string | undefined): boolean {
  return rank(a) === RANKS.letters && (a ?? '').length > 1 && rank(b) === RANKS.number
}

function parts(version: string): string[] {
  const plain = version.toLowerCase().replace(/^v(?=\d)/, '')
  // 3.13.0a1 is an alpha, 1.1.1a is a patch; 11.0.0-M1 is a milestone, 1.0.2m is a patch.
  const told = plain
    .replace(/(?<=\d)a(?=\d)/, 'alpha')
    .replace(/(?<=\d)b(?=\d)/, 'beta')
    .replace(/(?<=[.~-])m(?=\d)/, 'milestone')
  return told.match(/\d+|[a-z]+/g) ?? []
}

function comparePart(a: string | undefined, b: string | undefined): number {
  const [rankA, rankB] = [rank(a), rank(b)]
  if (rankA !== rankB) return rankA - rankB
  if (rankA === RANKS.end) return 0
  if (rankA === RANKS.early) return EARLY.indexOf(a ?? '') - EARLY.indexOf(b ?? '')
  if (rankA === RANKS.number) return compareDigits(a ?? '', b ?? '')
  return (a ?? '') < (b ?? '') ? -1 : Number((a ?? '') > (b ?? ''))
}

const RANKS = { early: 0, end: 1, letters: 2, number: 3 }

function rank(part: string | undefined): number {
  if (part === undefined || /^0+$/.test(part)) return RANKS.end
  if (/^\d/.test(part)) return RANKS.number
  return EARLY.includes(part) ? RANKS.early : RANKS.letters
}

// What packagers put behind a maker's number.
const PACKAGERS_MARK =
  /[+~.-](?:dfsg|ds|repack|maria|git|deb|ubuntu|bpo|debian|el|fc|suse|gnu|nmu|esr|lts).*$/

/** The maker's number in a package's version: 9.2p1 of `1:9.2p1-2+deb12u3`. */
export function upstreamOf(version: string, manager: PackageManager): string {
  switch (manager) {
    case 'windows':
    case 'winget':
      // "ad 9.0.4", "Release 5.1".
      return version.replace(/^[a-z]+[ -]?(?=\d)/i, '')
    case 'homebrew':
      return version.replace(/_\d+$/, '')
    case 'apk':
      return version.replace(/-r\d+$/, '').replaceAll('_p', 'p')
    case 'dpkg':
    case 'rpm':
    case 'pacman': {
      const plain = version.replace(/^\d+:/, '')
      const dash = plain.lastIndexOf('-')
      const number = dash < 0 ? plain : plain.slice(0, dash)
      // 5.6.1+really5.4.5 went back to 5.4.5.
      const really = /\+really(\d.*)$/.exec(number)?.[1]
      return really ?? number.replace(PACKAGERS_MARK, '')
    }
  }
}
