// Owns the newest values of a host, by series, in the catalogue's units.

export type Values = ReadonlyMap<string, number>

export const NO_VALUES: Values = new Map()

/** The values as the REST API tells them. */
export function valuesOf(record: Readonly<Record<string, number>> | undefined): Values {
  return record ? new Map(Object.entries(record)) : NO_VALUES
}
