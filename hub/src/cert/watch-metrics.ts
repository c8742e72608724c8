// Owns the hub's own figures of the CERT watch: how its sources fare, what is open and whom it concerns, and how long comparing takes.
import type { FastifyBaseLogger } from 'fastify'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import type { NewRun } from './watch-ports.ts'

/** What is counted in the database. */
export interface WatchFigures {
  /** By kind; neither closed, removed nor dealt with by somebody. */
  readonly open: ReadonlyMap<string, number>
  /** Of them those that concern a host, by kind. */
  readonly concerning: ReadonlyMap<string, number>
  /** That an open one concerns, or that are to be checked for one; by verdict. */
  readonly hosts: ReadonlyMap<string, number>
  readonly newsWaiting: number
  readonly sources: readonly {
    readonly source: string
    readonly failedInARow: number
    readonly lastGoodMs: number | null
  }[]
}

export interface WatchMetricsParts {
  readonly figures: () => Promise<WatchFigures>
  /** Sources that are on. */
  readonly sources: readonly string[]
  readonly clock: Clock
  readonly log: FastifyBaseLogger
}

/** One reading of the database for all figures of an answer. */
const FRESH_MS = 1000

export type WatchMetrics = ReturnType<typeof createWatchMetrics>

export function createWatchMetrics(registry: Registry, parts: WatchMetricsParts) {
  const { sources, clock, log } = parts
  const registers = [registry]
  let readAtMs = -Infinity
  let reading: Promise<WatchFigures | undefined> = Promise.resolve(undefined)

  /** Undefined while the database does not answer: then the figures are left out, and the others are told. */
  const figures = (): Promise<WatchFigures | undefined> => {
    if (clock.elapsedMs() - readAtMs < FRESH_MS) return reading
    readAtMs = clock.elapsedMs()
    reading = parts.figures().catch((error: unknown) => {
      log.debug({ err: error }, 'the figures of the watch cannot be read')
      return undefined
    })
    return reading
  }

  const counted = (
    name: string,
    help: string,
    {
      label,
      values,
      of,
    }: {
      readonly label: string
      readonly values: readonly string[]
      readonly of: (figures: WatchFigures) => ReadonlyMap<string, number>
    },
  ): void => {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers,
      async collect() {
        this.reset()
        const found = await figures()
        if (!found) return
        for (const value of values) this.set({ [label]: value }, of(found).get(value) ?? 0)
      },
    })
  }

  const ofSources = (
    name: string,
    help: string,
    valueOf: (source: WatchFigures['sources'][number]) => number | null,
  ): void => {
    new Gauge({
      name,
      help,
      labelNames: ['source'],
      registers,
      async collect() {
        this.reset()
        for (const one of (await figures())?.sources ?? []) {
          const value = sources.includes(one.source) ? valueOf(one) : null
          if (value !== null) this.set({ source: one.source }, value)
        }
      },
    })
  }

  counted('vigie_cert_advisories_open', 'Advisories that are open and that nobody has dealt with', {
    label: 'kind',
    values: ['alert', 'notice'],
    of: ({ open }) => open,
  })
  counted('vigie_cert_advisories_concerning', 'Open advisories that concern at least one host', {
    label: 'kind',
    values: ['alert', 'notice'],
    of: ({ concerning }) => concerning,
  })
  counted('vigie_cert_hosts', 'Hosts that an open advisory concerns, or that are to be checked', {
    label: 'verdict',
    values: ['concerned', 'check'],
    of: ({ hosts }) => hosts,
  })
  new Gauge({
    name: 'vigie_cert_news_waiting',
    help: 'News of the watch that are to be mailed, those of the next digest among them',
    registers,
    async collect() {
      this.reset()
      const found = await figures()
      if (found) this.set(found.newsWaiting)
    },
  })
  ofSources(
    'vigie_cert_last_good_run_timestamp_seconds',
    'When the last run began that could see, in Unix time',
    ({ lastGoodMs }) => (lastGoodMs === null ? null : lastGoodMs / 1000),
  )
  ofSources(
    'vigie_cert_failed_runs_in_a_row',
    'Runs that failed since the last that could see',
    ({ failedInARow }) => failedInARow,
  )
  const runs = new Counter({
    name: 'vigie_cert_runs_total',
    help: 'Runs of a source since the hub started, by what came of them',
    labelNames: ['source', 'outcome'],
    registers,
  })
  for (const source of sources) {
    for (const outcome of ['well', 'partly', 'failed']) runs.inc({ source, outcome }, 0)
  }
  const matching = new Histogram({
    name: 'vigie_cert_matching_seconds',
    help: 'Time to compare advisories with what all hosts have installed',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  })
  return {
    /** A run is written. */
    ran: ({ source, outcome }: NewRun): void => runs.inc({ source, outcome }),

    /** Also how long one took that failed. */
    async timed<Result>(compare: () => Promise<Result>): Promise<Result> {
      const end = matching.startTimer()
      try {
        return await compare()
      } finally {
        end()
      }
    },
  }
}
