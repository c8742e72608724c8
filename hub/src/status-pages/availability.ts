// Owns the availability of a host by day (docs/status-page.md, A1 to A7). Pure: gaps and maintenance in, figures out.
import type { Gap, GapReason } from '@vigie/shared/api/gap'
import type { Span } from './ports.ts'

export const DAY_MS = 86_400_000
export const DAY_COUNT = 10

/** How a day, in UTC, was spent; what is of none of them is to come, or was before the host was watched. */
export interface DayFigure {
  readonly dayMs: number
  readonly upMs: number
  readonly downMs: number
  /** Not up, in a maintenance window. */
  readonly maintenanceMs: number
  /** Nobody can tell: the hub was away, or the host was not watched. */
  readonly unknownMs: number
}

export interface AvailabilityQuery {
  /** Oldest first. */
  readonly gaps: readonly Gap[]
  readonly maintenance: readonly Span[]
  /** Since when the host is watched, as far as it is known. */
  readonly fromMs: number
  readonly nowMs: number
  /** A host that is silent for so long is merely late. */
  readonly graceMs: number
}

/** Of these the machine itself, or the way to it, was the reason. Of all others nobody knows how the host was. */
const DOWN: readonly GapReason[] = ['rebooted', 'suspended', 'network', 'unknown']

/** The start of the oldest day that is told of. */
export function firstDayMs(nowMs: number): number {
  return nowMs - (nowMs % DAY_MS) - (DAY_COUNT - 1) * DAY_MS
}

/** The last ten days, the oldest first and today at the end. */
export function availabilityOf(query: AvailabilityQuery): DayFigure[] {
  const { fromMs, nowMs } = query
  const long = query.gaps.filter(isLong(query))
  const down = long.filter(({ reason }) => DOWN.includes(reason)).map(spanOf)
  const unknown = long.filter(({ reason }) => !DOWN.includes(reason)).map(spanOf)
  const planned = intersection(down, merged(query.maintenance))
  return Array.from({ length: DAY_COUNT }, (_, index) => {
    const dayMs = firstDayMs(nowMs) + index * DAY_MS
    const day = {
      startsMs: Math.max(dayMs, fromMs),
      endsMs: Math.min(dayMs + DAY_MS, nowMs),
    }
    const maintenanceMs = lengthWithin(planned, day)
    const downMs = lengthWithin(down, day) - maintenanceMs
    const unknownMs = lengthWithin(unknown, day)
    const watchedMs = Math.max(0, day.endsMs - day.startsMs)
    const upMs = watchedMs - downMs - maintenanceMs - unknownMs
    return { dayMs, upMs, downMs, maintenanceMs, unknownMs }
  })
}

/** Of the time in which it is known whether the host was up or down; null when there is none. */
export function ratioOf(days: readonly Pick<DayFigure, 'upMs' | 'downMs'>[]): number | null {
  const upMs = days.reduce((sum, day) => sum + day.upMs, 0)
  const knownMs = days.reduce((sum, day) => sum + day.upMs + day.downMs, 0)
  return knownMs === 0 ? null : upMs / knownMs
}

/** Whether a gap is of a hole that is longer than the grace: of a hole, each reason is a gap of its own. */
function isLong({ gaps, graceMs, fromMs }: AvailabilityQuery): (gap: Gap) => boolean {
  const long = new Set<Gap>()
  let hole: Gap[] = []
  const end = (): void => {
    const [first, last] = [hole[0], hole.at(-1)]
    if (!first || !last) return
    // How long one was that began before what is asked for, nobody sees here.
    const isCut = first.fromMs <= fromMs
    if (isCut || last.toMs - first.fromMs > graceMs) for (const gap of hole) long.add(gap)
    hole = []
  }
  for (const gap of gaps) {
    const before = hole.at(-1)
    // With one reason they are two holes, with a tick between them.
    const isSameHole = before?.toMs === gap.fromMs && before.reason !== gap.reason
    if (!isSameHole) end()
    hole.push(gap)
  }
  end()
  return (gap) => long.has(gap)
}

function spanOf({ fromMs, toMs }: Gap): Span {
  return { startsMs: fromMs, endsMs: toMs }
}

function merged(spans: readonly Span[]): Span[] {
  const together: Span[] = []
  for (const span of [...spans].sort((a, b) => a.startsMs - b.startsMs)) {
    const last = together.at(-1)
    if (last && span.startsMs <= last.endsMs) {
      const endsMs = Math.max(last.endsMs, span.endsMs)
      together[together.length - 1] = { startsMs: last.startsMs, endsMs }
    } else together.push(span)
  }
  return together
}

function common(a: Span, b: Span): Span[] {
  const startsMs = Math.max(a.startsMs, b.startsMs)
  const endsMs = Math.min(a.endsMs, b.endsMs)
  return startsMs < endsMs ? [{ startsMs, endsMs }] : []
}

/** Of two lists of spans, each in order and without overlaps. */
function intersection(some: readonly Span[], others: readonly Span[]): Span[] {
  const found: Span[] = []
  let first = 0
  for (const span of some) {
    while ((others[first]?.endsMs ?? Infinity) <= span.startsMs) first++
    for (let next = first; (others[next]?.startsMs ?? Infinity) < span.endsMs; next++) {
      const other = others[next]
      if (other) found.push(...common(span, other))
    }
  }
  return found
}

function lengthWithin(spans: readonly Span[], day: Span): number {
  return spans
    .flatMap((span) => common(span, day))
    .reduce((sum, { startsMs, endsMs }) => sum + endsMs - startsMs, 0)
}
