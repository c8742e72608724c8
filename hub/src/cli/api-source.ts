// Owns reading from a hub over its API.
import type { GapList } from '@vigie/shared/api/gap'
import type { History, HostDetail, HostPage, HostSummary } from '@vigie/shared/api/host'
import { BLOCK_MEDIA_TYPE, decodeHistoryBody } from '@vigie/shared/api/history-body'
import type { HubApi } from './hub-api.ts'
import type { SeriesQuery, Source } from './source.ts'
import { watchApi } from './watch-api.ts'

/** What one request may name. */
const MAX_METRICS = 64
/** What is asked for at once when every tick is wanted: some seconds' work for the hub, some megabytes here. */
const VALUES_PER_REQUEST = 500_000
const HOUR_MS = 3_600_000

export function apiSource(api: HubApi): Source {
  const hosts = async (): Promise<HostSummary[]> => {
    const found: HostSummary[] = []
    for (let after = '0'; ;) {
      const { items, next } = (await api.get(`/api/v1/hosts?limit=1000&after=${after}`)) as HostPage
      found.push(...items)
      if (next === null) return found
      after = next
    }
  }
  return {
    hosts,

    async detail(hostId) {
      return (await api.get(`/api/v1/hosts/${hostId}`)) as HostDetail
    },

    async buckets(host, { points, ...query }) {
      const parts: History[] = []
      for (const series of portions(query.series)) {
        const search = searchOf({ ...query, ...(series && { series }) })
        search.set('points', String(points))
        parts.push(
          (await api.get(`/api/v1/hosts/${host.id}/history?${search.toString()}`)) as History,
        )
      }
      const [first] = parts
      if (!first) return { fromMs: query.fromMs, toMs: query.toMs, stepMs: 1000, series: [] }
      return { ...first, series: parts.flatMap((part) => part.series) }
    },

    async gaps(host, { fromMs, toMs }) {
      const search = new URLSearchParams({ from: String(fromMs), to: String(toMs) })
      const { items } = (await api.get(
        `/api/v1/hosts/${host.id}/gaps?${search.toString()}`,
      )) as GapList
      return items
    },

    async *runs(host, query) {
      const { values } = (await api.get(`/api/v1/hosts/${host.id}`)) as HostDetail
      const ticks = Math.floor(VALUES_PER_REQUEST / Math.max(1, Object.keys(values).length))
      const spanMs = Math.max(60_000, Math.min(HOUR_MS, ticks * host.intervalMs))
      const accept = { accept: BLOCK_MEDIA_TYPE }
      for (let { fromMs } = query; fromMs < query.toMs; fromMs += spanMs) {
        const toMs = Math.min(query.toMs, fromMs + spanMs)
        const search = searchOf({ ...query, fromMs, toMs })
        yield* decodeHistoryBody(
          await api.bytes(`/api/v1/hosts/${host.id}/history?${search.toString()}`, accept),
        )
      }
    },

    async watch(listener, options) {
      await watchApi(api, listener, { ...options, listHosts: hosts })
    },
  }
}

function searchOf({ fromMs, toMs, series = [] }: SeriesQuery): URLSearchParams {
  const search = new URLSearchParams({ from: String(fromMs), to: String(toMs) })
  for (const metric of series) search.append('metric', metric)
  return search
}

/** As many requests as it takes to name them all. */
function portions(series: readonly string[] | undefined): (readonly string[] | undefined)[] {
  if (!series) return [undefined]
  return Array.from({ length: Math.ceil(series.length / MAX_METRICS) }, (_, index) =>
    series.slice(index * MAX_METRICS, (index + 1) * MAX_METRICS),
  )
}
