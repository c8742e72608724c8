// Owns reading from the data directory of the hub on this machine, whether it runs or not.
import type { HostSummary } from '@vigie/shared/api/host'
import { Fleet } from '../fleet/fleet.ts'
import { judgeStatus } from '../fleet/host-status.ts'
import { createGapReader } from '../gaps/gap-reader.ts'
import { HistoryTooLargeError } from '../store/history-buckets.ts'
import { CommandError } from './command-error.ts'
import type { HubFiles } from './hub-files.ts'
import type { Source } from './source.ts'

const MAX_HOLES = 1000

export function fileSource({ store, settings }: Pick<HubFiles, 'store' | 'settings'>): Source {
  const readGaps = createGapReader({ ...store, retentionMs: settings.retentionMs })
  return {
    hosts: () =>
      storedFleet(store, ({ fleet, seen }) =>
        Promise.resolve(fleet.list().map((host) => ({ ...host, ...seen.get(host.id) }))),
      ),

    detail: (hostId) =>
      storedFleet(store, async ({ fleet, seen }) => {
        const host = await fleet.detail(hostId)
        if (!host) throw new CommandError(`there is no host ${hostId}`)
        return { ...host, ...seen.get(hostId) }
      }),

    async buckets(host, query) {
      try {
        const { id: hostId, intervalMs } = host
        return await store.history.buckets({ hostId, intervalMs, ...query })
      } catch (cause) {
        if (!(cause instanceof HistoryTooLargeError)) throw cause
        throw new CommandError(`${cause.message}: name fewer metrics, or ask for fewer points`, {
          cause,
        })
      }
    },

    async gaps(host, range) {
      const nowMs = Date.now()
      const { items } = await readGaps({ host, ...range, nowMs, maxHoles: MAX_HOLES })
      return items
    },

    runs: (host, query) => store.history.runs({ hostId: host.id, ...query }),
  }
}

/** Status follows from the last tick that is stored, whether the hub runs or not. */
async function storedFleet<T>(
  store: HubFiles['store'],
  read: (fleet: StoredFleet) => Promise<T>,
): Promise<T> {
  const nowMs = Date.now()
  const fleet = new Fleet({ nowMs: () => nowMs, elapsedMs: () => 0 })
  try {
    const seen = new Map<number, Seen>()
    for (const host of await store.hosts.list()) {
      const last = await store.ticks.lastTick(host.id)
      fleet.add(host, last)
      const lastSeenMs = Math.max(host.lastSeenMs ?? 0, last?.block.startMs ?? 0) || null
      const silentForMs = lastSeenMs === null ? null : nowMs - lastSeenMs
      const verdict = judgeStatus({ ...host, lastSeenMs, silentForMs, hubRunsForMs: 0 })
      seen.set(host.id, { ...verdict, lastSeenMs })
    }
    return await read({ fleet, seen })
  } finally {
    fleet.close()
  }
}

type Seen = Pick<HostSummary, 'status' | 'statusReason' | 'lastSeenMs'>

interface StoredFleet {
  readonly fleet: Fleet
  readonly seen: ReadonlyMap<number, Seen>
}
