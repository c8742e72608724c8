// Owns what windows and trends begin with: the last minutes and hours of a host as they are stored, after a start of the
// hub or a change of rules, so that they need not be watched anew for as long as they are (docs/alerts.md, A8).
import type { History } from '@vigie/shared/api/host'
import type { Rule } from '@vigie/shared/api/rule'
import type { Block } from '@vigie/shared/codec/block'
import { operandsOf } from '@vigie/shared/metrics/measure'
import { parseSeries, seriesKey } from '@vigie/shared/metrics/series'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Machines } from './machines.ts'
import { compileProbes } from './probes.ts'
import { TREND_SPAN_MS, TREND_STEP_MS, type TrendPoint } from './trend.ts'
import { createWatches, type Watch } from './watch.ts'

interface Range {
  readonly hostId: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly series: readonly string[]
}

/** Of what is committed: a fleet that returns at once forces no commits. */
export interface RecallHistory {
  buckets(query: Range & { points: number; intervalMs: number }): Promise<History>
  runs(query: Range): AsyncIterable<{ readonly keys: readonly string[]; readonly block: Block }>
}

export interface RecallParts {
  readonly history: RecallHistory
  readonly clock: Clock
  readonly log: Pick<FastifyBaseLogger, 'error'>
}

export interface RecallRequest {
  readonly hostId: number
  readonly intervalMs: number
  readonly rules: readonly Rule[]
  readonly machines: Machines
}

/** Reads for one host after the other: a thousand that return at once must not wait for each other's ticks. */
export class Recall {
  readonly #parts: RecallParts
  readonly #known = new WeakSet<object>()
  #reading: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(parts: RecallParts) {
    this.#parts = parts
  }

  /** Fills those windows and trends of the machines that were not filled before. */
  add(request: RecallRequest): void {
    const watches = request.machines.list()
    const trends = watches.filter(({ trend }) => trend && !this.#known.has(trend))
    const windows = watches.filter(({ window }) => window && !this.#known.has(window))
    for (const { trend, window } of [...trends, ...windows]) {
      if (trend) this.#known.add(trend)
      if (window) this.#known.add(window)
    }
    if (trends.length + windows.length === 0) return
    this.#reading = this.#reading.then(async () => {
      if (this.#isClosed) return
      try {
        if (trends.length > 0) await this.#recallTrends(request, trends)
        if (windows.length > 0) await this.#recallWindows(request, windows)
      } catch (error) {
        // They fill with time.
        const { hostId } = request
        this.#parts.log.error({ err: error, hostId }, 'the past of a host could not be read')
      }
    })
  }

  /** Resolves when everything that was asked for before is read. */
  async settled(): Promise<void> {
    await this.#reading
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#reading
  }

  async #recallTrends(
    { hostId, intervalMs }: RecallRequest,
    watches: readonly Watch[],
  ): Promise<void> {
    const toMs = this.#parts.clock.nowMs()
    const { fromMs, stepMs, series } = await this.#parts.history.buckets({
      hostId,
      fromMs: toMs - TREND_SPAN_MS,
      toMs,
      series: ['system.filesystem.usage'],
      // Unless now is on a line of its grid, the range begins and ends within a step.
      points: TREND_SPAN_MS / TREND_STEP_MS + 1,
      intervalMs,
    })
    const means = new Map(series.map((each) => [each.series, each.mean]))
    for (const watch of watches) {
      const attributes = parseSeries(watch.series)?.attributes ?? {}
      const used = { ...attributes, 'system.filesystem.state': 'used' }
      const mean = means.get(seriesKey('system.filesystem.usage', used)) ?? []
      const points = mean.flatMap((usedBytes, index): TrendPoint[] => {
        // The last step goes on: what comes next is later than its point.
        const timeMs = Math.min(fromMs + (index + 0.5) * stepMs, toMs)
        return usedBytes === null ? [] : [{ timeMs, usedBytes }]
      })
      if (points.length > 0) watch.trend?.seed(points)
    }
  }

  async #recallWindows(
    { hostId, intervalMs, rules, machines }: RecallRequest,
    watches: readonly Watch[],
  ): Promise<void> {
    const toMs = this.#parts.clock.nowMs()
    const windowMs = Math.max(...watches.map(({ window }) => window?.windowMs ?? 0))
    const ids = new Set(watches.map(({ ruleId }) => ruleId))
    const meant = rules.filter(({ id }) => ids.has(id))
    const metrics = meant.flatMap(({ condition }) =>
      condition.type === 'metric' ? operandsOf(condition) : [],
    )
    const past = createWatches(hostId)
    const range = { hostId, fromMs: toMs - windowMs - intervalMs, toMs: toMs + 1000 }
    for await (const { keys, block } of this.#parts.history.runs({
      ...range,
      series: [...new Set(metrics)],
    })) {
      const probes = compileProbes(meant, keys, past)
      for (let tick = 0; tick < block.present.length; tick++) {
        if (block.present[tick] === 1) probes.remember(block, tick, intervalMs)
      }
    }
    for (const { ruleId, series, window } of past.byKey.values()) {
      if (!window) continue
      this.#known.add(window)
      machines.refill({ ruleId, series }, window)
    }
  }
}
