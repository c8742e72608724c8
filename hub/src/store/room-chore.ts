// Owns that there is room: beyond a limit the oldest seconds go, an hour of all hosts a turn, and people are told.
import { dirname } from 'node:path'
import type { Database as SqliteFile } from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { diskRoom } from './disk-room.ts'
import type { Chore, Pace } from './keeper.ts'
import type { KeeperSettings } from './keeper-settings.ts'
import type { Report } from './keeper-report.ts'
import { giveUpReserve, keepReserve, RESERVE_BYTES } from './reserve-file.ts'
import { minFreeOf, shortagesOf, type Shortage } from './room-guard.ts'
import type { Database } from './schema.ts'
import { HOUR_MS, hourOf } from './sealed-hours.ts'
import { createTending } from './sqlite-tending.ts'
import { thinOldestHour, type ThinningStep } from './thinning.ts'

export interface RoomChoreParts {
  readonly db: Database
  readonly file: SqliteFile
  readonly clock: Clock
  readonly report: Report
  readonly settings: KeeperSettings
}

export function createRoomChore({ db, file, clock, report, settings }: RoomChoreParts): Chore {
  const { databasePath } = settings
  const directory = dirname(databasePath)
  const tending = createTending(file)
  let shortages: Shortage[] = []
  /** There is nothing left but the hour that goes on and the one before. */
  let isHelpless = false

  const thin = async (pace: Pace): Promise<void> => {
    let step: ThinningStep | undefined
    for await (step of thinOldestHour(db, hourOf(clock.nowMs()) - HOUR_MS)) await pace()
    isHelpless = step === undefined
    while (tending.giveSpaceBack({ isAllWanted: true })) await pace()
    tending.emptyLog()
    if (step?.isSealed) report({ type: 'thinned', hourMs: step.hourMs })
  }

  const tell = (before: readonly Shortage[]): void => {
    for (const { kind, isThinning, detail } of shortages) {
      const more = isThinning && isHelpless ? ' There is nothing left to delete.' : ''
      report({ type: 'problem', kind, detail: detail + more })
    }
    for (const { kind } of before) {
      const isOver = !shortages.some((shortage) => shortage.kind === kind)
      if (isOver) report({ type: 'problem', kind, detail: null })
    }
  }

  return {
    name: 'keeping room',
    everyMs: settings.timing.lookEveryMs,
    async run(pace) {
      const room = await diskRoom(databasePath)
      const before = shortages
      shortages = shortagesOf(room, settings, before)
      const isFull = room.freeBytes < RESERVE_BYTES / 2
      if (isFull) await giveUpReserve(directory)
      else if (room.freeBytes > minFreeOf(room, settings) + 2 * RESERVE_BYTES) {
        await keepReserve(directory)
      }
      tell(before)
      if (shortages.some(({ isThinning }) => isThinning)) await thin(pace)
      return false
    },
  }
}
