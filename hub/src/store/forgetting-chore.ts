// Owns forgetting as a chore: what is too old goes by a clock that is believed, and its space with it.
import type { Database as SqliteFile } from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { forgetAlerts } from './alert-retention.ts'
import type { Chore } from './keeper.ts'
import type { KeeperSettings } from './keeper-settings.ts'
import type { Report } from './keeper-report.ts'
import { forget } from './retention.ts'
import type { Database } from './schema.ts'
import { createTending } from './sqlite-tending.ts'
import { oldestRowMs, oldestSealedMs } from './thinning.ts'
import { TrustedClock } from './trusted-clock.ts'

export interface ForgettingChoreParts {
  readonly db: Database
  readonly file: SqliteFile
  readonly clock: Clock
  readonly report: Report
  readonly settings: Pick<
    KeeperSettings,
    'retentionMs' | 'rollupRetentionMs' | 'lastAliveMs' | 'timing'
  >
}

export function createForgettingChore(parts: ForgettingChoreParts): Chore {
  const { db, file, clock, report, settings } = parts
  const { retentionMs, rollupRetentionMs, lastAliveMs } = settings
  const tending = createTending(file)
  const trusted = new TrustedClock({
    clock,
    lastAliveMs,
    events: {
      doubted: (aheadMs) => report({ type: 'doubt', aheadMs }),
      believed: () => report({ type: 'doubt', aheadMs: null }),
    },
  })

  return {
    name: 'forgetting what is old',
    everyMs: settings.timing.forgetEveryMs,
    async run(pace) {
      const nowMs = trusted.nowMs()
      const horizons = { ticksMs: nowMs - retentionMs, rollupsMs: nowMs - rollupRetentionMs }
      let [ticks, hours] = [0, 0]
      for await (const step of forget(db, horizons)) {
        ticks += step.ticks
        hours += step.hours
        await pace()
      }
      await forgetAlerts(db, nowMs, pace)
      if (ticks + hours > 0) report({ type: 'forgot', ticks, hours })
      const oldest = [await oldestSealedMs(db), await oldestRowMs(db)].filter((ms) => ms !== null)
      report({ type: 'oldest', timeMs: oldest.length > 0 ? Math.min(...oldest) : null })
      while (tending.giveSpaceBack()) await pace()
      tending.emptyLog()
      tending.optimize()
      return false
    },
  }
}
