// Owns reading from the data directory of the hub on this machine, whether it runs or not.
import { createGapReader } from '../gaps/gap-reader.ts'
import { HistoryTooLargeError } from '../store/history-buckets.ts'
import { CommandError } from './command-error.ts'
import type { HubFiles } from './hub-files.ts'
import type { Source } from './source.ts'
import { storedHosts } from './stored-hosts.ts'
import { watchFiles } from './watch-files.ts'

const MAX_HOLES = 1000

export function fileSource({ store, settings }: Pick<HubFiles, 'store' | 'settings'>): Source {
  const readGaps = createGapReader({ ...store, retentionMs: settings.rollupRetentionMs })
  return {
    hosts: async () => (await storedHosts(store)).map(({ summary }) => summary),

    async detail(hostId) {
      const host = (await storedHosts(store)).find(({ summary }) => summary.id === hostId)
      if (!host) throw new CommandError(`there is no host ${hostId}`)
      return host.detail()
    },

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

    watch: (listener, options) => watchFiles(store, listener, options),
  }
}
