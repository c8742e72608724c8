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

/**
 * Writes all hours or none. An hour that changed since it was prepared, because its host goes on, is prepared again
 * where nothing can change it any more: in the transaction.
 */
export async function writeHours(
  db: Database,
  hours: readonly ReadyHour[],
  onWritten: (count: number) => void,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const sealing = createSealing(transaction)
    for (const [index, { hour, prepared, runs }] of hours.entries()) {
      try {
        await sealing.write(transaction, prepared)
      } catch (error) {
        if (!(error instanceof StalePreparationError)) throw error
        await sealing.write(transaction, await sealing.prepare(hour, runs.map(unpacked)))
      }
      onWritten(index + 1)
    }
  })
}

function unpacked({ keys, bytes }: PackedRun): Run {
  return { keys, block: decodeBlock(zstdDecompressSync(bytes)) }
}
