// Owns time zones as people choose them.

/** The zone of whoever looks. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The zones that this browser knows, by name. */
export function zoneNames(): readonly string[] {
  return Intl.supportedValuesOf('timeZone')
}
