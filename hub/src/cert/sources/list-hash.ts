// Owns the mark of what a list says of an advisory. It is made of four, so that a list that tells less (the feed, the home page,
// a redesign) is compared in what it tells: else every change of layout would look like a change of every advisory.
import { createHash } from 'node:crypto'

/** What a list may say; what it does not tell is undefined. */
export interface Told {
  readonly title?: string | undefined
  readonly date?: string | undefined
  readonly status?: string | undefined
  readonly excerpt?: string | undefined
}

const UNTOLD = '-'
const DIGITS = 12

export function listHashOf({ title, date, status, excerpt }: Told): string {
  return [title, date, status, excerpt].map(hashOf).join('.')
}

/** True when both tell a thing and tell it otherwise, or when the known one is of no list. */
export function differs(told: string, known: string): boolean {
  const [now, before] = [told.split('.'), known.split('.')]
  if (now.length !== before.length) return true
  return now.some((part, i) => part !== before[i] && part !== UNTOLD && before[i] !== UNTOLD)
}

/** What is told now, and where it is not told what was told before. */
export function merged(told: string, known: string): string {
  const before = known.split('.')
  return told
    .split('.')
    .map((part, i) => (part === UNTOLD ? (before[i] ?? UNTOLD) : part))
    .join('.')
}

function hashOf(text: string | undefined): string {
  if (text === undefined) return UNTOLD
  return createHash('sha256').update(text).digest('hex').slice(0, DIGITS)
}
