// Owns rpm's order of versions (rpmvercmp): epoch, version, release; a tilde sorts before the end, a caret after it.
import { compareParts, compareRuns } from './parts.ts'

/** Negative when `a` is older, 0 when they are equal, positive when it is newer. A release that one side leaves out is not compared. */
export function compareRpm(a: string, b: string): number {
  return compareParts(a, b, compareLabel)
}

/** rpmvercmp of one label, without epoch or release. */
export function compareLabel(a: string, b: string): number {
  const left = parts(a)
  const right = parts(b)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const one = left[index]
    const other = right[index]
    if (one === other) continue
    if (one === '~' || other === '~') return one === '~' ? -1 : 1
    // A caret is newer than the end and older than anything else.
    if (one === '^') return other === undefined ? 1 : -1
    if (other === '^') return one === undefined ? -1 : 1
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    const difference = compareRuns(one, other)
    if (difference !== 0) return difference
  }
  return 0
}

function parts(label: string): string[] {
  return label.match(/\d+|[A-Za-z]+|~|\^/g) ?? []
}
