// Owns rpm's order of versions (rpmvercmp): epoch, version, release; a tilde sorts before the end, a caret after it.
import { compareDigits } from './dpkg.ts'

/** Negative when `a` is older, 0 when they are equal, positive when it is newer. A release that one side leaves out is not compared. */
export function compareRpm(a: string, b: string): number {
  const left = split(a)
  const right = split(b)
  return (
    left.epoch - right.epoch ||
    compareLabel(left.version, right.version) ||
    (left.release === '' || right.release === '' ? 0 : compareLabel(left.release, right.release))
  )
}

function split(text: string): { epoch: number; version: string; release: string } {
  const colon = text.indexOf(':')
  const epoch = colon > 0 ? Number(text.slice(0, colon)) : 0
  const rest = colon > 0 && Number.isInteger(epoch) ? text.slice(colon + 1) : text
  const dash = rest.lastIndexOf('-')
  return {
    epoch: Number.isInteger(epoch) ? epoch : 0,
    version: dash < 0 ? rest : rest.slice(0, dash),
    release: dash < 0 ? '' : rest.slice(dash + 1),
  }
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
    const difference = comparePart(one, other)
    if (difference !== 0) return difference
  }
  return 0
}

function parts(label: string): string[] {
  return label.match(/\d+|[A-Za-z]+|~|\^/g) ?? []
}

function comparePart(a: string, b: string): number {
  const isNumberA = /^\d/.test(a)
  const isNumberB = /^\d/.test(b)
  if (isNumberA !== isNumberB) return isNumberA ? 1 : -1
  return isNumberA ? compareDigits(a, b) : a < b ? -1 : Number(a > b)
}
