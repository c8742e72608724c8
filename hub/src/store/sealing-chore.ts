// Owns sealing as a chore: the hours whose turn it is, oldest first, one after the other.
import type { Clock } from '../clock.ts'
import { hotHours, type HotHour } from './hot-hours.ts'
import type { Chore } from './keeper.ts'
import type { KeeperSettings } from './keeper-settings.ts'
import type { Report } from './keeper-report.ts'
import type { Database } from './schema.ts'
import { SealSchedule } from './seal-schedule.ts'
import { createSealing, StalePreparationError } from './sealing.ts'
import { isDatabaseBusy } from './sqlite.ts'

export interface SealingChoreParts {
  readonly db: Database
  readonly clock: Clock
  readonly report: Report
  readonly settings: Pick<KeeperSettings, 'timing'>
}

/** A hub that was away has hours of work; the other chores get their turn meanwhile. */
const RUN_MS = 10_000

export function createSealingChore({ db, clock, report, settings }: SealingChoreParts): Chore {
  const sealing = createSealing(db)
  const schedule = new SealSchedule(settings.timing)
  let due: HotHour[] = []

  const seal = async (hour: HotHour): Promise<void> => {
    const startedMs = performance.now()
    try {
      const { ticks } = await sealing.seal(hour)
      report({ type: 'sealed', ticks, durationMs: performance.now() - startedMs })
    } catch (error) {
      // Ticks came in the middle of it, or somebody writes for long: it is listed again.
      if (error instanceof StalePreparationError || isDatabaseBusy(error)) return
      schedule.failed(hour, clock.nowMs())
      const { message } = error instanceof Error ? error : new Error(String(error))
      const name = `host ${hour.hostId} at ${new Date(hour.hourMs).toISOString()}`
      report({ type: 'failed', chore: `sealing ${name}`, message })
    }
  }

  return {
    name: 'sealing',
    everyMs: settings.timing.sealEveryMs,
    async run(pace) {
      const nowMs = clock.nowMs()
      if (due.length === 0) due = schedule.due(await hotHours(db, nowMs), nowMs)
      const untilMs = performance.now() + RUN_MS
      for (let hour = due.shift(); hour; hour = due.shift()) {
        await seal(hour)
        await pace()
        if (performance.now() > untilMs) break
      }
      return due.length > 0
    },
  }
}
