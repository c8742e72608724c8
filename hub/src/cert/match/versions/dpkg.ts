// Owns dpkg's order of versions (Debian policy, section 5.6.12): epoch, upstream version, revision; a tilde sorts before the end.

interface DebianVersion {
  readonly epoch: number
  readonly upstream: string
  readonly revision: string
}

/** Negative when `a` is older, 0 when they are equal, positive when it is newer. */
export function compareDpkg(a: string, b: string): number {
  const left = split(a)
  const right = split(b)
  return (
    left.epoch - right.epoch ||
    comparePart(left.upstream, right.upstream) ||
    comparePart(left.revision, right.revision)
  )
}

function split(version: string): DebianVersion {
  const colon = version.indexOf(':')
  const epoch = colon > 0 ? Number(version.slice(0, colon)) : 0
  const rest = Number.isInteger(epoch) && colon > 0 ? version.slice(colon + 1) : version
  const dash = rest.lastIndexOf('-')
  return {
    epoch: Number.isInteger(epoch) ? epoch : 0,
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  }
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

/** Compares runs of digits of any length by their value. */
export function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  return left.length - right.length || (left < right ? -1 : Number(left > right))
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
