// Owns what counts as a time zone where people choose one.

/** Whether times can be written in it. An offset such as +02:00 is none: it knows no summer. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    // No such zone.
    return false
  }
}
