// Owns reading the availability of hosts: from their gaps, which are read once a minute at most, and only while somebody
// looks at a page with the host.
import type { Gap } from '@vigie/shared/api/gap'
import type { Clock } from '../clock.ts'
import { availabilityOf, firstDayMs, type DayFigure } from './availability.ts'
import type { MaintenanceTimes, PageHost, StatusSources } from './ports.ts'

interface Read {
  /** By the clock that never jumps. */
  readonly readAtMs: number
  /** Up to when its gaps are known. */
  readonly nowMs: number
  readonly gaps: readonly Gap[]
  /** Since when the host is watched; undefined while it has sent nothing. */
  readonly fromMs: number | undefined
}

const READ_EVERY_MS = 60_000
/** Of a host that has more, the shortest are left out and count as up. */
const MAX_HOLES = 5000

export type AvailabilityReader = ReturnType<typeof createAvailabilityReader>

export function createAvailabilityReader(sources: StatusSources, clock: Clock) {
  const reads = new Map<number, Read>()

  const watchedSince = async (host: PageHost, firstMs: number): Promise<number | undefined> => {
    if (host.lastSeenMs === null) return undefined
    if (host.createdMs <= firstMs) return firstMs
    return reads.get(host.id)?.fromMs ?? (await sources.firstTickMs(host.id, firstMs))
  }

  const read = async (host: PageHost): Promise<Read> => {
    const nowMs = clock.nowMs()
    const firstMs = Math.max(firstDayMs(nowMs), nowMs - sources.retentionMs)
    const fromMs = await watchedSince(host, firstMs)
    const range = { fromMs: firstMs, toMs: nowMs, nowMs, maxHoles: MAX_HOLES }
    const { items } = fromMs === undefined ? { items: [] } : await sources.gaps({ host, ...range })
    return {
      ...{ readAtMs: clock.elapsedMs(), nowMs, gaps: items },
      fromMs: fromMs === undefined ? undefined : Math.max(fromMs, firstMs),
    }
  }

  return {
    async daysOf(host: PageHost, maintenance: readonly MaintenanceTimes[]): Promise<DayFigure[]> {
      let known = reads.get(host.id)
      if (!known || clock.elapsedMs() - known.readAtMs >= READ_EVERY_MS) {
        known = await read(host)
        reads.set(host.id, known)
      }
      const { gaps, nowMs, fromMs = nowMs } = known
      return availabilityOf({
        gaps,
        maintenance: maintenance.filter((each) => each.means(host)).flatMap(({ spans }) => spans),
        fromMs,
        nowMs,
        graceMs: sources.graceMs(host.intervalMs),
      })
    },

    /** Of hosts that are in the fleet no more nothing is kept. */
    forgetAllBut(hostIds: ReadonlySet<number>): void {
      for (const id of reads.keys()) if (!hostIds.has(id)) reads.delete(id)
    },
  }
}
