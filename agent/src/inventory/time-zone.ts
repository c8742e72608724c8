// Owns the name of the time zone that this machine is in.
import { readlinkSync } from 'node:fs'

/** ICU's name of a zone that it does not know. */
const UNKNOWN = 'Etc/Unknown'

/**
 * A name such as `Europe/Paris`. Intl gives none, whatever its type says, where TZ is a path or a rule such as `UTC0`:
 * then it is that of the zone that /etc/localtime links to, else UTC.
 */
export function readTimeZone(root = '/'): string {
  const { timeZone = UNKNOWN } = Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string }
  return timeZone === UNKNOWN ? (linkedZone(`${root}etc/localtime`) ?? 'UTC') : timeZone
}

function linkedZone(path: string): string | undefined {
  try {
    return /\/zoneinfo\/(?:posix\/|right\/)?(.{1,64})$/.exec(readlinkSync(path))?.[1]
  } catch {
    // It is a copy, which has no name, or is not there.
    return undefined
  }
}
