// Owns which series a query means: a metric's name stands for all of its series, a written series for itself.
/** Says of a written series whether it is asked for; every one is when nothing is named. */
export function wantedSeries(asked: readonly string[] | undefined): (key: string) => boolean {
  if (asked === undefined) return () => true
  const names = new Set(asked)
  // A range has the same series in each of its hours.
  const known = new Map<string, boolean>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const isWanted = names.has(key) || names.has(key.split('{', 1)[0] ?? key)
    known.set(key, isWanted)
    return isWanted
  }
}
