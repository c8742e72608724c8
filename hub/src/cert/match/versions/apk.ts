// Owns apk's order of versions (apk-package(5)): digits, a letter, suffixes such as _rc1 and _p2, a revision -r3.
import { compareDigits } from './parts.ts'

// Below zero: before the version itself.
const SUFFIXES = new Map([
  ['alpha', -4],
  ['beta', -3],
  ['pre', -2],
  ['rc', -1],
  ['cvs', 1],
  ['svn', 2],
  ['git', 3],
  ['hg', 4],
  ['p', 5],
])

interface ApkVersion {
  readonly numbers: readonly string[]
  readonly letter: string
  readonly suffixes: readonly (readonly [number, string])[]
  readonly revision: string
}

/** Negative when `a` is older, 0 when they are equal, positive when it is newer. */
export function compareApk(a: string, b: string): number {
  const left = split(a)
  const right = split(b)
  return (
    compareNumbers(left.numbers, right.numbers) ||
    (left.letter < right.letter ? -1 : Number(left.letter > right.letter)) ||
    compareSuffixes(left, right) ||
    compareDigits(left.revision, right.revision)
  )
}

function split(version: string): ApkVersion {
  const dash = version.search(/-r\d+$/)
  const rest = dash < 0 ? version : version.slice(0, dash)
  const [main = '', ...suffixes] = rest.split('_')
  return {
    numbers: main.match(/\d+/g) ?? [],
    letter: /[a-z]$/.exec(main)?.[0] ?? '',
    suffixes: suffixes.map((suffix) => {
      const [, name = '', number = ''] = /^([a-z]*)(\d*)/.exec(suffix) ?? []
      return [SUFFIXES.get(name) ?? 0, number] as const
    }),
    revision: dash < 0 ? '' : version.slice(dash + 2),
  }
}

// The first as numbers; a later one that begins with a zero is read as a decimal fraction.
function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const one = a[index]
    const other = b[index]
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    const isFraction = index > 0 && (one.startsWith('0') || other.startsWith('0'))
    const difference =
      isFraction && one !== other ? (one < other ? -1 : 1) : compareDigits(one, other)
    if (difference !== 0) return difference
  }
  return 0
}

function compareSuffixes(a: ApkVersion, b: ApkVersion): number {
  for (let index = 0; index < Math.max(a.suffixes.length, b.suffixes.length); index++) {
    const [kind, number] = a.suffixes[index] ?? [0, '']
    const [otherKind, otherNumber] = b.suffixes[index] ?? [0, '']
    const difference = kind - otherKind || compareDigits(number, otherNumber)
    if (difference !== 0) return difference
  }
  return 0
}
