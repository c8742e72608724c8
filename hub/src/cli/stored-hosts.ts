// Owns the fleet as the database tells it, whether the hub runs or not: status follows from the last tick that is stored.
import type { HostDetail, HostSummary } from '@vigie/shared/api/host'
import { Fleet } from '../fleet/fleet.ts'
import { judgeStatus } from '../fleet/host-status.ts'
import type { Store } from '../store/store.ts'

export interface StoredHost {
  readonly summary: HostSummary
  detail(): Promise<HostDetail>
}

/** In the order of ids. */
export async function storedHosts(store: Store): Promise<StoredHost[]> {
  const nowMs = Date.now()
  const fleet = new Fleet({ nowMs: () => nowMs, elapsedMs: () => 0 })
  try {
    const seen = new Map<
      number,
      Pick<HostSummary, 'status' | 'statusReason' | 'statusSinceMs' | 'lastSeenMs'>
    >()
    for (const host of await store.hosts.list()) {
      const last = await store.ticks.lastTick(host.id)
      fleet.add(host, last)
      const lastSeenMs = Math.max(host.lastSeenMs ?? 0, last?.block.startMs ?? 0) || null
      const silentForMs = lastSeenMs === null ? null : nowMs - lastSeenMs
      const verdict = judgeStatus({
        ...host,
        isRetired: host.retiredMs !== null,
        isRevoked: host.revokedMs !== null,
        isAwaited: false,
        lastSeenMs,
        silentForMs,
        hubRunsForMs: 0,
      })
      // When it became so is not stored; it was not before its last tick.
      seen.set(host.id, { ...verdict, statusSinceMs: lastSeenMs ?? host.createdMs, lastSeenMs })
    }
    return fleet.list().map((host) => ({
      summary: { ...host, ...seen.get(host.id) },
      async detail() {
        const detail = await fleet.detail(host.id)
        if (!detail) throw new Error(`host ${host.id} is gone from the fleet that lists it`)
        return { ...detail, ...seen.get(host.id) }
      },
    }))
  } finally {
    fleet.close()
  }
}
