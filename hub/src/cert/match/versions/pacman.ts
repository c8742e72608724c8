// Owns pacman's order of versions (vercmp(8)): epoch, version, package release; letters straight after a number sort before it.
import { compareParts, compareRuns } from './parts.ts'

/** Negative when `a` is older, 0 when they are equal, positive when it is newer. A release that one side leaves out is not compared. */
export function comparePacman(a: string, b: string): number {
  return compareParts(a, b, compareLabel)
}

interface Part {
  readonly text: string
  /** A dot or the like stands before it. */
  readonly isApart: boolean
}

function compareLabel(a: string, b: string): number {
  const left = parts(a)
  const right = parts(b)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const one = left[index]
    const other = right[index]
    // 1.0rc is older than 1.0, 1.0.rc is newer.
    if (one === undefined || other === undefined) return one ? tail(one) : other ? -tail(other) : 0
    const difference =
      one.isApart === other.isApart ? compareRuns(one.text, other.text) : one.isApart ? 1 : -1
    if (difference !== 0) return difference
  }
  return 0
}

function parts(label: string): Part[] {
  return Array.from(
    label.matchAll(/([^0-9A-Za-z]?)(\d+|[A-Za-z]+)/g),
    ([, before = '', text = '']) => ({
      text,
      isApart: before !== '',
    }),
  )
}

function tail({ text, isApart }: Part): number {
  return /^[A-Za-z]/.test(text) && !isApart ? -1 : 1
}
