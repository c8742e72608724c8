// Owns what people are told of the keeper: figures, words in the log, and the hub's problems.
import type { FastifyBaseLogger } from 'fastify'
import { Counter, Histogram, type Registry } from 'prom-client'
import type { HubState } from '../hub-state.ts'
import type { KeeperReport } from './keeper-report.ts'

export interface KeeperEventsParts {
  readonly registry: Registry
  readonly state: Pick<HubState, 'raise' | 'clear' | 'oldestTickIs'>
  readonly log: FastifyBaseLogger
}

export function createKeeperEvents({ registry, state, log }: KeeperEventsParts) {
  const metrics = createMetrics(registry)
  return (report: KeeperReport): void => {
    switch (report.type) {
      case 'sealed':
        metrics.seals.observe(report.durationMs / 1000)
        return
      case 'forgot':
        log.info(report, 'forgot what is older than the retention')
        return
      case 'thinned':
        metrics.thinned.inc()
        log.warn(
          { hour: new Date(report.hourMs).toISOString() },
          'an hour of seconds was deleted early',
        )
        return
      case 'problem':
        if (report.detail === null) state.clear(report.kind)
        else state.raise(report.kind, report.detail)
        return
      case 'oldest':
        state.oldestTickIs(report.timeMs)
        return
      case 'doubt':
        sayDoubt(log, report.aheadMs)
        return
      case 'departed':
        log.info(
          report,
          report.intoId === null ? 'all of a host is deleted' : 'all of a host is merged',
        )
        return
      case 'failed':
        metrics.failures.inc()
        log.error({ err: report.message }, `${report.chore} failed; trying again later`)
    }
  }
}

function sayDoubt(log: FastifyBaseLogger, aheadMs: number | null): void {
  if (aheadMs === null) {
    log.info('the clock is believed: what is too old by it is forgotten again')
    return
  }
  const aheadHours = Math.round(aheadMs / 3_600_000)
  log.error(
    { aheadHours },
    'the clock is far ahead of the time that has passed, or the hub was away for long: nothing is forgotten by it until it has stayed so for an hour',
  )
}

function createMetrics(registry: Registry) {
  const registers = [registry]
  return {
    seals: new Histogram({
      name: 'vigie_store_seal_seconds',
      help: 'Time of sealing one hour of one host',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
      registers,
    }),
    thinned: new Counter({
      name: 'vigie_store_thinned_hours_total',
      help: 'Hours of seconds that were deleted before their time for want of room',
      registers,
    }),
    failures: new Counter({
      name: 'vigie_store_keeper_failures_total',
      help: 'Chores of the keeper that failed and are tried again',
      registers,
    }),
  }
}
