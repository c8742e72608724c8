// Owns many days of many hosts in a database, all sealed: a real machine's recording, varied, hour after hour.
// Run as a thread it seals the hours of its share of the hosts.
import { once } from 'node:events'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { createSealing, HOUR_MS, type PreparedHour } from '../src/store/sealing.ts'
import { openStore } from '../src/store/store.ts'
import { hourOfRecording, readRecording } from './recording.ts'

export interface SealedFleet {
  readonly dataDir: string
  readonly hosts: number
  readonly hours: number
  readonly startMs: number
}

interface Share extends SealedFleet {
  readonly hostIds: readonly number[]
}

const THREADS = 2
const HOURS_PER_COMMIT = 24

/** Seals the hours of hosts that are there, with ids from 1. */
export async function makeSealedFleet(fleet: SealedFleet): Promise<void> {
  const hostIds = Array.from({ length: fleet.hosts }, (_, index) => index + 1)
  await Promise.all(
    Array.from({ length: THREADS }, (_, thread) => {
      const share: Share = { ...fleet, hostIds: hostIds.filter((id) => id % THREADS === thread) }
      return once(new Worker(new URL(import.meta.url), { workerData: share }), 'exit')
    }),
  )
}

async function sealShare({ dataDir, hostIds, hours, startMs }: Share): Promise<void> {
  const store = await openStore({ dataDir })
  const { db } = store
  const sealing = createSealing(db)
  const recording = readRecording()
  for (const hostId of hostIds) {
    for (let first = 0; first < hours; first += HOURS_PER_COMMIT) {
      const prepared: PreparedHour[] = []
      for (let hour = first; hour < Math.min(first + HOURS_PER_COMMIT, hours); hour++) {
        const hourMs = startMs + hour * HOUR_MS
        const run = hourOfRecording(recording, hourMs, hostId * 131 + hour * 17)
        prepared.push(await sealing.prepare({ hostId, hourMs }, [run]))
      }
      await db.transaction().execute(async (transaction) => {
        for (const hour of prepared) await sealing.write(transaction, hour)
      })
    }
  }
  await store.close()
}

if (!isMainThread) await sealShare(workerData as Share)
