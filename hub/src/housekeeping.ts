// Owns what the hub notes by itself now and then: signs of life, who was seen, which invitations have ended.
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from './clock.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { Store } from './store/store.ts'

export interface HousekeepingParts {
  readonly store: Store
  readonly fleet: Fleet
  readonly clock: Clock
  readonly log: FastifyBaseLogger
}

const BEAT_EVERY_MS = 10_000
/** For whoever still asks what became of an invitation. */
const ENROLMENTS_KEPT_MS = 86_400_000
const FORGET_EVERY_MS = 10 * 60_000

/** Begins a run of the hub in its records; `close` ends it there. */
export async function startHousekeeping(parts: HousekeepingParts) {
  const { store, fleet, clock, log } = parts
  const run = await store.hubRuns.start(clock.nowMs())
  const stopping = new AbortController()
  let working: Promise<void> = Promise.resolve()

  // One after the other: a chore that takes long delays the next ones instead of running beside them.
  const chore = (name: string, work: () => Promise<void>): void => {
    working = working.then(async () => {
      if (!stopping.signal.aborted) await attempt(name, work)
    })
  }
  // A disk that is full stops neither what comes after nor the hub's own stop.
  const attempt = async (name: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      log.error({ err: error }, `${name} could not be written`)
    }
  }

  const beat = async (): Promise<void> => {
    await store.hubRuns.beat(run, clock.nowMs())
    await store.hosts.recordSeen(fleet.seen())
  }
  const forget = async (): Promise<void> => {
    await store.enrolments.deleteEndedBefore(clock.nowMs() - ENROLMENTS_KEPT_MS)
  }

  const timers = [
    setInterval(() => chore('the sign of life', beat), BEAT_EVERY_MS),
    setInterval(() => chore('the end of invitations', forget), FORGET_EVERY_MS),
  ]

  return {
    async close(): Promise<void> {
      for (const timer of timers) clearInterval(timer)
      stopping.abort()
      await working
      await attempt('the end of this run', async () => {
        await store.hosts.recordSeen(fleet.seen())
        await store.hubRuns.stop(run, clock.nowMs())
      })
    },
  }
}
