// Owns where a time axis has its labels: round times of the viewer's own clock.

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * The round times within a stretch. Steps of an hour and more are counted on the viewer's clock from midnight: on the
 * day that is an hour shorter or longer, labels stay on round hours.
 */
export function timeTicks(fromMs: number, toMs: number, stepMs: number): number[] {
  const ticks: number[] = []
  if (stepMs < HOUR) {
    for (let at = Math.ceil(fromMs / stepMs) * stepMs; at <= toMs; at += stepMs) ticks.push(at)
    return ticks
  }
  const stepDays = Math.max(1, stepMs / DAY)
  const stepHours = stepMs / HOUR
  // Days are counted from a fixed one, so that labels stay on theirs while the picture moves.
  const firstDay = Math.floor(localDay(fromMs) / stepDays) * stepDays
  for (let day = firstDay; ; day += stepDays) {
    for (let hour = 0; hour < 24; hour += stepHours) {
      const at = new Date(1970, 0, 1 + day, hour).getTime()
      if (at > toMs) return ticks
      if (at >= fromMs && at !== ticks.at(-1)) ticks.push(at)
    }
  }
}

/** The number of the viewer's day, counted from 1970. */
function localDay(timeMs: number): number {
  const date = new Date(timeMs)
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY)
}
