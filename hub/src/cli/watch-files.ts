// Owns watching the data directory of the hub on this machine: what was stored is read once a second.
import { setTimeout as delay } from 'node:timers/promises'
import { Fleet } from '../fleet/fleet.ts'
import { systemClock } from '../clock.ts'
import type { HubFiles } from './hub-files.ts'
import { storedHosts } from './stored-hosts.ts'
import type { WatchListener, WatchOptions } from './watch-feed.ts'

const SECOND_MS = 1000
/** Ticks may be a little ahead of this clock. */
const AHEAD_MS = 60_000

/** Resolves when the signal says so. */
export async function watchFiles(
  store: HubFiles['store'],
  listener: WatchListener,
  { open, signal }: WatchOptions,
): Promise<void> {
  const recalled = new Set<number>()
  let known: readonly number[] = open ? [open.id] : []
  let fromMs = Date.now() - AHEAD_MS
  while (!signal.aborted) {
    const hosts = await storedHosts(store)
    listener.onHosts(hosts.map(({ summary }) => summary))
    const ids = hosts.map(({ summary }) => summary.id)
    const gone = known.filter((id) => !ids.includes(id))
    if (gone.length > 0) listener.onRemoved(gone)
    known = ids
    if (open) {
      const query = { hostId: open.id, fromMs, toMs: Date.now() + AHEAD_MS }
      for await (const run of store.history.runs(query)) {
        listener.onTicks(run)
        fromMs = run.block.startMs + run.block.present.length * run.block.stepMs
      }
    } else {
      for (const { summary } of hosts) {
        if (!recalled.has(summary.id)) await recall(store, summary.id, listener)
        recalled.add(summary.id)
      }
    }
    await delay(SECOND_MS - (Date.now() % SECOND_MS), undefined, { signal }).catch(() => undefined)
  }
}

async function recall(
  store: HubFiles['store'],
  hostId: number,
  listener: WatchListener,
): Promise<void> {
  const fleet = new Fleet(systemClock, store.history)
  try {
    const host = (await store.hosts.list()).find(({ id }) => id === hostId)
    if (host) fleet.add(host, await store.ticks.lastTick(hostId))
    await fleet.recall(hostId)
    const recent = fleet.host(hostId)?.recentCpu.read()
    if (recent) listener.onRecent(hostId, recent)
  } finally {
    fleet.close()
  }
}
