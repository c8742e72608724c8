// Owns the replay of a rule on values: by the stored minutes where they say enough, by seconds where they do not.
import type { MetricCondition, Rule } from '@vigie/shared/api/rule'
import type { History } from '@vigie/shared/api/host'
import { operandsOf } from '@vigie/shared/metrics/measure'
import { EpisodeLog, type Episode } from './episode.ts'
import {
  isPlain,
  isWindowed,
  MINUTE_MS,
  minuteVerdicts,
  type MinuteVerdict,
  type SeriesMinutes,
} from './minute-verdicts.ts'
import { probeOf, probesOf, stepProbe, type Probe } from './probe.ts'
import type { ReplayRange, ReplaySources } from './replay.ts'
import { TickCursor } from './tick-cursor.ts'
import { TickTimes } from './tick-times.ts'
import { createWatches, watchOf, type Watches } from './watch.ts'

export interface ValueReplay {
  readonly rule: Rule
  readonly condition: MetricCondition
  readonly range: ReplayRange
  readonly history: ReplaySources['history']
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MINUTES_PER_HOUR = 60
/** Played before the range, so that what goes on at its beginning is known. */
const MAX_LEAD_MS = DAY_MS
/** Of one hour in seconds: beyond it, ten days would take longer than a person waits. */
const MAX_EXACT_COLUMNS = 16

interface Replaying extends ValueReplay {
  readonly log: EpisodeLog
  readonly watches: Watches
  readonly times: TickTimes
  /** Until when the window of a series has had every second. */
  readonly fedUntilMs: Map<string, number>
}

interface Hour {
  readonly hourMs: number
  /** Of the day that it is in, from an hour before it where there are windows. */
  readonly minutes: History
  /** The hour's first minute among them. */
  readonly first: number
}

export async function replayValues(replay: ValueReplay): Promise<Episode[]> {
  const { condition, range, history } = replay
  const { hostId, fromMs, toMs } = range
  const leadMs = Math.min(condition.windowMs + condition.forMs + HOUR_MS, MAX_LEAD_MS)
  const startMs = Math.floor((fromMs - leadMs) / HOUR_MS) * HOUR_MS
  const replaying: Replaying = {
    ...replay,
    log: new EpisodeLog(fromMs),
    watches: createWatches(hostId),
    times: new TickTimes(await history.stretches({ hostId, fromMs: startMs, toMs })),
    fedUntilMs: new Map(),
  }
  for (let dayMs = startMs; dayMs < toMs; dayMs += DAY_MS) await playDay(replaying, dayMs)
  return replaying.log.finish()
}

/** A day at once: what is read stays small. */
async function playDay(replaying: Replaying, dayMs: number): Promise<void> {
  const { condition, history, range } = replaying
  const beforeMs = isWindowed(condition) ? HOUR_MS : 0
  const endMs = Math.min(dayMs + DAY_MS, Math.ceil(range.toMs / HOUR_MS) * HOUR_MS)
  const minutes = await history.buckets({
    hostId: range.hostId,
    fromMs: dayMs - beforeMs,
    toMs: endMs,
    series: operandsOf(condition),
    points: (endMs - dayMs + beforeMs) / MINUTE_MS,
    intervalMs: MINUTE_MS,
  })
  const series = minuteVerdicts(condition, minutes)
  for (let hourMs = dayMs; hourMs < endMs; hourMs += HOUR_MS) {
    const first = (hourMs - minutes.fromMs) / MINUTE_MS
    await playHour(replaying, { hourMs, minutes, first }, series)
  }
}

async function playHour(
  replaying: Replaying,
  hour: Hour,
  series: readonly SeriesMinutes[],
): Promise<void> {
  const { condition } = replaying
  const lookBack = isWindowed(condition) ? Math.ceil(condition.windowMs / MINUTE_MS) : 0
  const { first } = hour
  const mixed: SeriesMinutes[] = []
  for (const one of series) {
    const verdicts = one.verdicts.slice(first - lookBack, first + MINUTES_PER_HOUR)
    if (verdicts.slice(lookBack).every((verdict) => verdict === 'missing')) continue
    if (isPlain(condition, verdicts)) playMinutes(replaying, hour, one)
    else mixed.push(one)
  }
  if (mixed.length === 0) return
  const isWide = new Set(mixed.flatMap(({ keys }) => keys)).size > MAX_EXACT_COLUMNS
  if (isWide || !(await playSeconds(replaying, hour.hourMs, mixed))) {
    playMeans(replaying, hour, mixed)
  }
}

/** Every tick of these minutes has the verdict of its minute. */
function playMinutes({ rule, watches, times, log }: Replaying, hour: Hour, one: SeriesMinutes) {
  const watch = watchOf(watches, { ruleId: rule.id, series: one.series })
  let value = NaN
  const probe = probeOf(rule, watch, { sample: () => value, detail: () => ({}) })
  for (let index = 0; index < MINUTES_PER_HOUR; index++) {
    const verdict = one.verdicts[hour.first + index] ?? 'missing'
    if (verdict === 'missing') continue
    value = one.values[hour.first + index] ?? NaN
    const fromMs = hour.hourMs + index * MINUTE_MS
    for (const { timeMs, stepMs } of times.within(fromMs, fromMs + MINUTE_MS)) {
      play(probe, timeMs, { intervalMs: stepMs, log })
      if (isSettled(probe, verdict)) break
    }
  }
}

/** Whether more ticks of the same verdict would change nothing. */
function isSettled({ watch }: Probe, verdict: MinuteVerdict): boolean {
  const { state } = watch.machine
  return state !== (verdict === 'beyond' ? 'pending' : 'firing') || verdict === 'between'
}

/** False when there are no seconds. */
async function playSeconds(
  replaying: Replaying,
  hourMs: number,
  mixed: readonly SeriesMinutes[],
): Promise<boolean> {
  const { rule, condition, range, history, watches, log, fedUntilMs } = replaying
  const toMs = Math.min(hourMs + HOUR_MS, range.toMs)
  const wanted = new Set(mixed.map(({ series }) => series))
  const unfed = new Set([...wanted].filter((series) => fedUntilMs.get(series) !== hourMs))
  const lookBackMs = isWindowed(condition) && unfed.size > 0 ? condition.windowMs : 0
  const series = [...new Set(mixed.flatMap(({ keys }) => keys))]
  const query = { hostId: range.hostId, fromMs: hourMs - lookBackMs, toMs, series }
  let isRead = false
  for await (const { keys, block } of history.runs(query)) {
    const cursor = new TickCursor(keys)
    const probes = probesOf(rule, { keys, at: cursor.at, watches }).filter(({ watch }) =>
      wanted.has(watch.series),
    )
    for (let tick = 0; tick < block.present.length; tick++) {
      if (!cursor.move(block, tick)) continue
      const timeMs = block.startMs + tick * block.stepMs
      if (timeMs >= hourMs) isRead = true
      for (const probe of probes) {
        if (timeMs >= hourMs) play(probe, timeMs, { intervalMs: block.stepMs, log })
        else if (unfed.has(probe.watch.series)) probe.sample(timeMs, block.stepMs)
      }
    }
  }
  if (isRead) for (const one of wanted) fedUntilMs.set(one, hourMs + HOUR_MS)
  return isRead
}

/** One tick a minute, of its mean. */
function playMeans(
  { rule, watches, log }: Replaying,
  { hourMs, minutes, first }: Hour,
  mixed: readonly SeriesMinutes[],
): void {
  let minute = first
  const keys = minutes.series.map(({ series }) => series)
  const at = (column: number): number => minutes.series[column]?.mean[minute] ?? NaN
  const bySeries = new Map(mixed.map((one) => [one.series, one.verdicts]))
  const probes = probesOf(rule, { keys, at, watches })
  for (; minute < first + MINUTES_PER_HOUR; minute++) {
    const timeMs = hourMs + (minute - first + 1) * MINUTE_MS
    for (const probe of probes) {
      const verdict = bySeries.get(probe.watch.series)?.[minute] ?? 'missing'
      if (verdict !== 'missing') play(probe, timeMs, { intervalMs: MINUTE_MS, log })
    }
  }
}

function play(
  probe: Probe,
  timeMs: number,
  { intervalMs, log }: { intervalMs: number; log: EpisodeLog },
): void {
  const outcome = stepProbe(probe, timeMs, intervalMs)
  if (outcome !== null) log.listen(probe, outcome, timeMs)
}
