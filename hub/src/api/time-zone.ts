// Owns what counts as a time zone in a request.
import { ProblemError } from '../http/problem.ts'

/** The zone as IANA writes it; the hub's own when left out. Throws the problem that says that it is none. */
export function zoneOf(
  field: string,
  written = new Intl.DateTimeFormat().resolvedOptions().timeZone,
): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: written }).resolvedOptions().timeZone
  } catch {
    const message = `is "${written}", which is no time zone: write one such as Europe/Paris`
    throw new ProblemError('invalid-request', `${field} ${message}`, [{ field, message }])
  }
}
