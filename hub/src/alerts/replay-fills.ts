// Owns the replay of a rule on filesystems that fill up, by the stored means of five minutes.
import type { FillsCondition, Rule } from '@vigie/shared/api/rule'
import { operandsOf } from '@vigie/shared/metrics/measure'
import { EpisodeLog, type Episode } from './episode.ts'
import { fillsFilter } from './fills-filter.ts'
import { probesOf, stepProbe } from './probe.ts'
import type { ReplayRange, ReplaySources } from './replay.ts'
import { TREND_SPAN_MS, TREND_STEP_MS } from './trend.ts'
import { createWatches } from './watch.ts'

export interface FillsReplay {
  readonly rule: Rule
  readonly condition: FillsCondition
  readonly range: ReplayRange
  readonly history: ReplaySources['history']
}

const DAY_MS = 86_400_000

export async function replayFills({
  rule,
  condition,
  range,
  history,
}: FillsReplay): Promise<Episode[]> {
  const { hostId, fromMs, toMs } = range
  const log = new EpisodeLog(fromMs)
  const watches = createWatches(hostId)
  const leadMs = TREND_SPAN_MS + Math.min(condition.forMs, DAY_MS)
  const startMs = Math.floor((fromMs - leadMs) / DAY_MS) * DAY_MS
  for (let dayMs = startMs; dayMs < toMs; dayMs += DAY_MS) {
    const { series, ...means } = await history.buckets({
      hostId,
      fromMs: dayMs,
      toMs: Math.min(dayMs + DAY_MS, Math.ceil(toMs / TREND_STEP_MS) * TREND_STEP_MS),
      series: operandsOf(fillsFilter(condition)),
      points: DAY_MS / TREND_STEP_MS,
      intervalMs: TREND_STEP_MS,
    })
    let bucket = 0
    const keys = series.map((one) => one.series)
    const at = (column: number): number => series[column]?.mean[bucket] ?? NaN
    const probes = probesOf(rule, { keys, at, watches })
    for (; means.fromMs + bucket * means.stepMs < means.toMs; bucket++) {
      const timeMs = means.fromMs + (bucket + 1) * means.stepMs
      for (const probe of probes) {
        const outcome = stepProbe(probe, timeMs, means.stepMs)
        if (outcome !== null) log.listen(probe, outcome, timeMs)
      }
    }
  }
  return log.finish()
}
