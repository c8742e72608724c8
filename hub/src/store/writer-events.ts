// Owns what people are told of the writer: figures of every commit, and loud words when one fails.
import type { FastifyBaseLogger } from 'fastify'
import type { StoreMetrics } from './store-metrics.ts'
import type { WriterEvents } from './tick-writer.ts'

export interface WriterEventsOptions {
  readonly metrics: StoreMetrics
  readonly log: FastifyBaseLogger
  /** Agents are to be read from, or not. */
  readonly onCongested: (isCongested: boolean) => void
  readonly problems: {
    raise(kind: 'not-writing', detail: string): void
    clear(kind: 'not-writing'): void
  }
}

// A long write of another process ends by itself; a disk that takes nothing is told of at once.
const BUSY_ATTEMPTS = 4

export function createWriterEvents({
  metrics,
  log,
  onCongested,
  problems,
}: WriterEventsOptions): WriterEvents {
  let failures = 0
  return {
    committed({ ticks, pendingBytes, durationMs }) {
      metrics.commits.observe(durationMs / 1000)
      metrics.ticks.inc(ticks)
      metrics.pendingBytes.set(pendingBytes)
      if (failures > 0) log.info({ failures }, 'ticks are being committed again')
      failures = 0
      problems.clear('not-writing')
    },
    failed({ error, attempt, retryInMs, pendingBytes }) {
      failures = attempt
      metrics.failures.inc()
      metrics.pendingBytes.set(pendingBytes)
      log.error(
        { err: error, attempt, retryInMs },
        'ticks could not be committed and none was acknowledged; see the disk of the data directory',
      )
      const { code, message } = error as { code?: string; message: string }
      if (code?.startsWith('SQLITE_BUSY') && attempt < BUSY_ATTEMPTS) return
      problems.raise('not-writing', `Ticks cannot be written: ${message}. Agents keep them.`)
    },
    congested(isCongested) {
      metrics.congested.set(isCongested ? 1 : 0)
      if (isCongested) log.error('too many ticks wait for the disk: agents are not read from')
      else log.info('agents are read from again')
      onCongested(isCongested)
    },
  }
}
