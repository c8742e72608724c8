// Owns reading the availability of hosts: from their gaps, which are read once a minute at most, and only while somebody
// looks at a page with the host.
import type { Gap } from '@vigie/shared/api/gap'
import type { Clock } from '../clock.ts'
import { availabilityOf, firstDayMs, type DayFigure } from './availability.ts'
import { createFreshValues } from './fresh-values.ts'
import type { MaintenanceTimes, PageHost, StatusSources } from './ports.ts'

interface Read {
  /** Up to when its gaps are known. */
  readonly nowMs: number
  readonly gaps: readonly Gap[]
  /** Since when the host is watched; `nowMs` while it has sent nothing. */
  readonly fromMs: number
}

const READ_EVERY_MS = 60_000
/** Of a host that has more, the shortest are left out and count as up. */
const MAX_HOLES = 5000

export type AvailabilityReader = ReturnType<typeof createAvailabilityReader>

export function createAvailabilityReader(sources: StatusSources, clock: Clock) {
  const reads = createFreshValues<Read>(clock, READ_EVERY_MS)

  const watchedSince = async (host: PageHost, firstMs: number): Promise<number | undefined> => {
    if (host.lastSeenMs === null) return undefined
    if (host.createdMs <= firstMs) return firstMs
    const firstTickMs = await sources.firstTickMs(host.id, firstMs)
    return firstTickMs && Math.max(firstTickMs, firstMs)
  }

  const read = async (host: PageHost): Promise<Read> => {
    const nowMs = clock.nowMs()
    const firstMs = Math.max(firstDayMs(nowMs), nowMs - sources.retentionMs)
    const fromMs = await watchedSince(host, firstMs)
    if (fromMs === undefined) return { nowMs, gaps: [], fromMs: nowMs }
    const range = { fromMs: firstMs, toMs: nowMs, nowMs, maxHoles: MAX_HOLES }
    const { items: gaps } = await sources.gaps({ host, ...range })
    return { nowMs, gaps, fromMs }
  }

  return {
    async daysOf(host: PageHost, maintenance: readonly MaintenanceTimes[]): Promise<DayFigure[]> {
      const { gaps, nowMs, fromMs } = await reads.read(host.id, () => read(host))
      return availabilityOf({
        gaps,
        maintenance: maintenance.filter((each) => each.means(host)).flatMap(({ spans }) => spans),
        fromMs,
        nowMs,
        graceMs: sources.graceMs(host.intervalMs),
      })
    },

    /** Of hosts that are in the fleet no more nothing is kept. */
    forgetAllBut: (hostIds: ReadonlySet<number>): void => reads.forgetAllBut(hostIds),
  }
}
