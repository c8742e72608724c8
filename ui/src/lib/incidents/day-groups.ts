// Owns the days that earlier incidents are listed under, on the viewer's calendar.
import type { Incident } from '@vigie/shared/api/incident'
import { beganMs } from './incident-order.ts'

export interface DayGroup {
  /** A moment of the day. */
  readonly dayMs: number
  readonly incidents: readonly Incident[]
}

/** Of incidents that come newest first. */
export function byDay(incidents: readonly Incident[]): DayGroup[] {
  const groups: { dayMs: number; name: string; incidents: Incident[] }[] = []
  for (const incident of incidents) {
    const dayMs = beganMs(incident)
    const name = new Date(dayMs).toDateString()
    const last = groups.at(-1)
    if (last?.name === name) last.incidents.push(incident)
    else groups.push({ dayMs, name, incidents: [incident] })
  }
  return groups
}
