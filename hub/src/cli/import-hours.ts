// Owns the hours of an import between reading and writing: packed, so that ten days of seconds wait in little memory.
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { encodeBlock, decodeBlock } from '@vigie/shared/codec/block'
import type { Database } from '../store/schema.ts'
import {
  createSealing,
  StalePreparationError,
  type HostHour,
  type PreparedHour,
} from '../store/sealing.ts'
import type { Run } from '../store/tick-records.ts'
import { CommandError } from './command-error.ts'

/** An hour that is ready to be written, and what it was made of: it may have to be made again. */
export interface ReadyHour {
  readonly hour: HostHour
  readonly prepared: PreparedHour
  readonly runs: readonly PackedRun[]
}

interface PackedRun {
  readonly keys: readonly string[]
  readonly bytes: Uint8Array
}

export async function prepareHour(
  db: Database,
  hour: HostHour,
  runs: readonly Run[],
): Promise<ReadyHour> {
  const prepared = await createSealing(db).prepare(hour, runs)
  const packed = runs.map(({ keys, block }) => ({
    keys,
    bytes: zstdCompressSync(encodeBlock(block)),
  }))
  return { hour, prepared, runs: packed }
}

/** A host that goes on adds to its hour each second; preparing that hour takes a fraction of one. */
const MAX_ATTEMPTS = 50

/**
 * Writes all hours or none. An hour that changed since it was prepared is prepared again, and all is tried anew; what
 * still changes, the newest hour, is written first, so that little time passes in between.
 */
export async function writeHours(
  db: Database,
  ready: readonly ReadyHour[],
  onWritten: (count: number) => void,
): Promise<void> {
  const hours = [...ready].sort((a, b) => b.hour.hourMs - a.hour.hourMs)
  for (let attempt = 1; ; attempt++) {
    try {
      await writeOnce(db, hours, onWritten)
      return
    } catch (error) {
      if (!(error instanceof StaleHourError)) throw error
      if (attempt === MAX_ATTEMPTS) {
        throw new CommandError('the host sends faster than its hour can be merged: try again later')
      }
      const stale = hours[error.index]
      if (stale) hours[error.index] = await prepareHour(db, stale.hour, stale.runs.map(unpacked))
    }
  }
}

class StaleHourError extends Error {
  readonly index: number

  constructor(index: number, cause: unknown) {
    super('an hour changed since it was prepared', { cause })
    this.index = index
  }
}

function writeOnce(
  db: Database,
  hours: readonly ReadyHour[],
  onWritten: (count: number) => void,
): Promise<void> {
  const { write } = createSealing(db)
  return db.transaction().execute(async (transaction) => {
    for (const [index, { prepared }] of hours.entries()) {
      try {
        await write(transaction, prepared)
      } catch (error) {
        if (error instanceof StalePreparationError) throw new StaleHourError(index, error)
        throw error
      }
      onWritten(index + 1)
    }
  })
}

function unpacked({ keys, bytes }: PackedRun): Run {
  return { keys, block: decodeBlock(zstdDecompressSync(bytes)) }
}
