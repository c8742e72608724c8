// Owns the hub's own figures of what is kept.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface StoreFigures {
  /** What was asked of the database's thread and is not answered yet. */
  readonly pendingRequests: () => number
}

export function createStoreMetrics(registry: Registry, { pendingRequests }: StoreFigures) {
  const registers = [registry]
  new Gauge({
    name: 'vigie_store_pending_requests',
    help: 'What was asked of the thread of the database and is not answered yet',
    registers,
    collect() {
      this.set(pendingRequests())
    },
  })
  return {
    commits: new Histogram({
      name: 'vigie_store_commit_seconds',
      help: 'Time from handing a batch of ticks to the thread of the database until it is on the disk',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    ticks: new Counter({
      name: 'vigie_store_ticks_total',
      help: 'Ticks committed, resent ones among them',
      registers,
    }),
    failures: new Counter({
      name: 'vigie_store_commit_failures_total',
      help: 'Commits that failed and were tried again',
      registers,
    }),
    pendingBytes: new Gauge({
      name: 'vigie_store_pending_bytes',
      help: 'Ticks that wait for their commit',
      registers,
    }),
    congested: new Gauge({
      name: 'vigie_store_congested',
      help: '1 while agents are not read from because the store cannot keep up',
      registers,
    }),
  }
}

export type StoreMetrics = ReturnType<typeof createStoreMetrics>
