// Owns how little room is too little: whether the oldest seconds go before their time, and what people are told.
import type { DiskRoom } from './disk-room.ts'

export interface RoomLimits {
  /** Undefined is no limit. */
  readonly maxDatabaseBytes: number | undefined
  /** Undefined is the smaller of 1 GB and a twentieth of the disk. */
  readonly minFreeDiskBytes: number | undefined
}

export interface Shortage {
  readonly kind: 'database-full' | 'disk-low'
  /** Whether there is to be more room, or only the end of the problem waited for. */
  readonly isThinning: boolean
  readonly detail: string
}

// Thinning goes a little beyond the limit and a problem is over well beyond it, so that neither begins anew each minute.
const THIN_BEYOND_RATIO = 0.02
const OVER_BEYOND_RATIO = 0.1

/** `before` are the shortages of the last look. */
export function shortagesOf(
  room: DiskRoom,
  limits: RoomLimits,
  before: readonly Shortage[],
): Shortage[] {
  const { maxDatabaseBytes } = limits
  const minFreeBytes = minFreeOf(room, limits)
  const known = (kind: Shortage['kind']) => before.find((shortage) => shortage.kind === kind)
  const shortages: Shortage[] = []
  if (maxDatabaseBytes !== undefined) {
    const spareRatio = (maxDatabaseBytes - room.databaseBytes) / maxDatabaseBytes
    const stage = stageOf(spareRatio, known('database-full'))
    const detail = `The database has come to the ${size(maxDatabaseBytes)} of VIGIE_MAX_DATABASE_SIZE: the oldest seconds are deleted early, their rollups stay.`
    if (stage) shortages.push({ kind: 'database-full', ...stage, detail })
  }
  const spareRatio = (room.freeBytes - minFreeBytes) / minFreeBytes
  const stage = stageOf(spareRatio, known('disk-low'))
  const detail = `The disk of the database has less than ${size(minFreeBytes)} free (VIGIE_MIN_FREE_DISK): the oldest seconds are deleted early, their rollups stay. Make room.`
  if (stage) shortages.push({ kind: 'disk-low', ...stage, detail })
  return shortages
}

export function minFreeOf(room: DiskRoom, { minFreeDiskBytes }: RoomLimits): number {
  return minFreeDiskBytes ?? Math.min(1e9, room.diskBytes / 20)
}

function stageOf(
  spareRatio: number,
  before: Shortage | undefined,
): { isThinning: boolean } | undefined {
  if (spareRatio < 0) return { isThinning: true }
  if (!before || spareRatio >= OVER_BEYOND_RATIO) return undefined
  return { isThinning: before.isThinning && spareRatio < THIN_BEYOND_RATIO }
}

function size(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`
}
