// Owns how one setting is written: a string that is allowed or not, and what is allowed in words.
import { Cron } from 'croner'
import { Type } from 'typebox'

export const setting = (allowed: string, isAllowed: (written: string) => boolean) =>
  Type.Optional(Type.Refine(Type.String(), isAllowed, () => allowed))

export const file = setting('the path of a file', (written) => written !== '')
export const webAddress = setting('an http:// or https:// address', (written) =>
  isUrlOf(written, ['http:', 'https:']),
)

export function isUrlOf(written: string, protocols: readonly string[]): boolean {
  const url = URL.parse(written)
  if (url === null || !protocols.includes(url.protocol) || url.hostname === '') return false
  try {
    decodeURIComponent(url.username + url.password)
    return true
  } catch {
    // A lone % is no code.
    return false
  }
}

export function isCron(written: string): boolean {
  try {
    return written.trim().split(/\s+/).length === 5 && new Cron(written).nextRun() !== null
  } catch {
    // Not cron.
    return false
  }
}

/** Reads what is separated by commas. */
export function listOf(written: string): string[] {
  return written
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

export const HIDDEN = '…'

/** A value as it may stand in an error: what is a secret, or an address that holds one, is not shown. */
export function shownOf(key: string, value: unknown): unknown {
  if (/pass|secret|token|webhook|heartbeat/i.test(key)) return HIDDEN
  // Up to the last @, since a password may hold one that nobody has encoded.
  if (typeof value === 'string' && /url$/i.test(key)) {
    return value.replace(/^([a-z+]+:(?:\/\/)?)?.*@/is, `$1${HIDDEN}@`)
  }
  return value
}

const UNITS_BYTES: Readonly<Record<string, number>> = {
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
}

/** Reads a size such as `20GB` or `1.5GiB`. */
export function parseSize(written: string): number | undefined {
  const [, number, unit] = /^(\d{1,6}(?:\.\d{1,3})?)\s*([MGT]i?B)$/.exec(written) ?? []
  return number === undefined
    ? undefined
    : Math.round(Number(number) * (UNITS_BYTES[unit ?? ''] ?? NaN))
}
