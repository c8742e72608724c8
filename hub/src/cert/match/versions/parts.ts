// Owns what the orders of dpkg, rpm and pacman have in common: how a version is put together, and how runs of one kind compare.

export interface VersionParts {
  readonly epoch: number
  readonly version: string
  /** A distribution's own number; empty where there is none. */
  readonly release: string
}

/** `1:9.2p1-2`: an epoch that is no number belongs to the version. */
export function splitVersion(text: string): VersionParts {
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

/** By epoch, version and release; a release that one side leaves out is not compared. */
export function compareParts(
  a: string,
  b: string,
  compareLabel: (a: string, b: string) => number,
): number {
  const left = splitVersion(a)
  const right = splitVersion(b)
  return (
    left.epoch - right.epoch ||
    compareLabel(left.version, right.version) ||
    (left.release === '' || right.release === '' ? 0 : compareLabel(left.release, right.release))
  )
}

/** Compares a run of digits or of letters with another: a number is newer than letters. */
export function compareRuns(a: string, b: string): number {
  const isNumberA = /^\d/.test(a)
  const isNumberB = /^\d/.test(b)
  if (isNumberA !== isNumberB) return isNumberA ? 1 : -1
  return isNumberA ? compareDigits(a, b) : a < b ? -1 : Number(a > b)
}

/** Compares runs of digits of any length by their value. */
export function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  return left.length - right.length || (left < right ? -1 : Number(left > right))
}
