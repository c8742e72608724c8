// Owns windows of a week as people choose them, days and a time, and the five cron fields that they are kept as.

/** `weekdays` from 0, Sunday, to 6; all of them where a day does not matter. */
export interface WeeklyTimes {
  readonly weekdays: readonly number[]
  /** `02:30` */
  readonly time: string
}

export const WEEK = [1, 2, 3, 4, 5, 6, 0] as const

/** Null when a cron says more than days and a time. */
export function readWeekly(cron: string): WeeklyTimes | null {
  const [minute = '', hour = '', day, month, weekday = '', more] = cron.trim().split(/\s+/)
  if (day !== '*' || month !== '*' || more !== undefined) return null
  if (!isUpTo(minute, 59) || !isUpTo(hour, 23)) return null
  const weekdays = weekday === '*' ? [...WEEK] : readWeekdays(weekday)
  return weekdays && { weekdays, time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` }
}

export function writeWeekly({ weekdays, time }: WeeklyTimes): string {
  const [hour, minute] = time.split(':').map(Number)
  const isEvery = WEEK.every((day) => weekdays.includes(day))
  const days = isEvery ? '*' : [...weekdays].sort((a, b) => a - b).join(',')
  return `${minute} ${hour} * * ${days}`
}

/** Whether it comes true at all. */
export function isWeekly({ weekdays, time }: WeeklyTimes): boolean {
  return weekdays.length > 0 && /^\d\d:\d\d$/.test(time)
}

/** `1-5`, `0,6`, `7` */
function readWeekdays(field: string): number[] | null {
  const days = new Set<number>()
  for (const part of field.split(',')) {
    const [, first, last = first] = /^([0-7])(?:-([0-7]))?$/.exec(part) ?? []
    if (first === undefined || Number(last) < Number(first)) return null
    for (let day = Number(first); day <= Number(last); day++) days.add(day % 7)
  }
  return [...days]
}

function isUpTo(field: string, most: number): boolean {
  return /^\d{1,2}$/.test(field) && Number(field) <= most
}
