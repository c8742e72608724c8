// Owns gathering what a picture shows, from wherever history is read.
import type { Gap } from '@vigie/shared/api/gap'
import type { History, HostDetail } from '@vigie/shared/api/host'
import { seriesToAsk, usualMetrics } from './chart-plan.ts'
import { plotWidthPx, type Graph, type GraphStyle } from './graph.ts'

interface Range {
  readonly fromMs: number
  readonly toMs: number
}

export interface GraphSource {
  buckets(
    host: HostDetail,
    query: Range & { readonly series: readonly string[]; readonly points: number },
  ): Promise<History>
  gaps(host: HostDetail, range: Range): Promise<readonly Gap[]>
}

export interface GraphRequest extends Range {
  readonly host: HostDetail
  /** Metrics and written series; a usual choice when left out. */
  readonly metrics?: readonly string[]
  /** At most so many points a line; one a pixel when left out. */
  readonly points?: number
  readonly style: GraphStyle
}

export async function gatherGraph(source: GraphSource, request: GraphRequest): Promise<Graph> {
  const { host, fromMs, toMs, style } = request
  const metrics = request.metrics ?? usualMetrics(host.values)
  const series = seriesToAsk(metrics, Object.keys(host.values))
  const points = request.points ?? plotWidthPx(style.widthPx)
  return {
    hostName: host.name,
    fromMs,
    toMs,
    intervalMs: host.intervalMs,
    metrics,
    values: host.values,
    history: await source.buckets(host, { fromMs, toMs, series, points }),
    gaps: await source.gaps(host, { fromMs, toMs }),
    style,
  }
}
