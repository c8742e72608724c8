// Owns where a time axis has its labels: round times of the viewer's own clock.
import { localDay } from '../format/moment.ts'
import { niceTimeStep } from './nice-ticks.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** From one label to the next: "14:07:32" and some room. */
const SPACE_PX = 66

/** The step between the labels of an axis, as close as they can be read. */
export function axisStep(msPerPx: number): number {
  return niceTimeStep(msPerPx, SPACE_PX)
}

/** How much of a label lies left of its time. CSS pixels. */
export function labelHalfPx(stepMs: number): number {
  return stepMs < MINUTE ? 26 : 18
}

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
