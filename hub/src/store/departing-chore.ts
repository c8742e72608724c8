// Owns seeing off hosts that were merged or deleted as a chore: at once, and further after a restart.
import { departingHosts, seeOff } from './departing-hosts.ts'
import type { Chore } from './keeper.ts'
import type { KeeperSettings } from './keeper-settings.ts'
import type { Report } from './keeper-report.ts'
import type { Database } from './schema.ts'
import { StalePreparationError } from './sealing.ts'
import { isDatabaseBusy } from './sqlite.ts'

export interface DepartingChoreParts {
  readonly db: Database
  readonly report: Report
  readonly settings: Pick<KeeperSettings, 'timing'>
}

export function createDepartingChore({ db, report, settings }: DepartingChoreParts): Chore {
  return {
    name: 'seeing off hosts',
    everyMs: settings.timing.departEveryMs,
    async run(pace) {
      let hasMore = false
      for (const host of await departingHosts(db)) {
        try {
          const steps = seeOff(db, host)
          let step = await steps.next()
          for (; !step.done; step = await steps.next()) await pace()
          if (!step.value) continue
          report({ type: 'departed', hostId: host.id, intoId: host.intoId })
          hasMore = true
        } catch (error) {
          // Ticks came in the middle of it, or somebody writes for long: it is listed again.
          if (!(error instanceof StalePreparationError) && !isDatabaseBusy(error)) throw error
        }
      }
      return hasMore
    },
  }
}
