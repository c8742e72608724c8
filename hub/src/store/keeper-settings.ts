// Owns what the keeper is told when it starts: what to keep, in how much room, and how often it looks.
import type { RoomLimits } from './room-guard.ts'
import { SEAL_TIMING, type SealTiming } from './seal-schedule.ts'

export interface KeeperTiming extends SealTiming {
  /** Between two looks at the room that there is. */
  readonly lookEveryMs: number
  readonly sealEveryMs: number
  readonly forgetEveryMs: number
  /** Between two looks for hosts that were merged or deleted. */
  readonly departEveryMs: number
}

export const KEEPER_TIMING: KeeperTiming = {
  ...SEAL_TIMING,
  lookEveryMs: 5000,
  sealEveryMs: 60_000,
  forgetEveryMs: 10 * 60_000,
  departEveryMs: 5000,
}

/** What is to be kept, for how long and in how much room. */
export interface KeeperSettings extends RoomLimits {
  readonly databasePath: string
  readonly retentionMs: number
  readonly rollupRetentionMs: number
  /** When the hub is known to have lived before this start, null at its first. */
  readonly lastAliveMs: number | null
  readonly timing: KeeperTiming
}
