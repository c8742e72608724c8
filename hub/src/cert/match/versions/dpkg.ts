// Owns dpkg's order of versions (Debian policy, section 5.6.12): epoch, upstream version, revision; a tilde sorts before the end.
import { compareDigits, splitVersion } from './parts.ts'

/** Negative when `a` is older, 0 when they are equal, positive when it is newer. */
export function compareDpkg(a: string, b: string): number {
  const left = splitVersion(a)
  const right = splitVersion(b)
  return (
    left.epoch - right.epoch ||
    comparePart(left.version, right.version) ||
    comparePart(left.release, right.release)
  )
}

// In turns: what is no digit by its own alphabet, then a number.
function comparePart(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a, i)) || (j < b.length && !isDigit(b, j))) {
      const difference = weight(a, i) - weight(b, j)
      if (difference !== 0) return difference
      i++
      j++
    }
    const endA = endOfDigits(a, i)
    const endB = endOfDigits(b, j)
    const difference = compareDigits(a.slice(i, endA), b.slice(j, endB))
    if (difference !== 0) return difference
    i = endA
    j = endB
  }
  return 0
}

// Letters before all else, a tilde before even the end.
function weight(text: string, index: number): number {
  const char = text.charAt(index)
  if (char === '' || isDigit(text, index)) return 0
  if (char === '~') return -1
  return /[A-Za-z]/.test(char) ? char.charCodeAt(0) : char.charCodeAt(0) + 256
}

/** Whether a digit of ASCII stands there. */
export function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return code >= 48 && code <= 57
}

/** Where the run of digits that begins at `index` ends. */
export function endOfDigits(text: string, index: number): number {
  let end = index
  while (end < text.length && isDigit(text, end)) end++
  return end
}
