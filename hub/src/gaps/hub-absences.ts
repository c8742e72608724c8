// Owns telling from the runs of the hub when there was none.
import type { EvidenceRun, Span } from './evidence.ts'

/** How much longer than its last sign of life a hub may have lived; it gives one every ten seconds. */
const HEARTBEAT_MS = 10_000

/** The times after each run and before the next. Before the first run that is known, nothing is known. */
export function hubAbsences(hubRuns: readonly EvidenceRun[]): Span[] {
  return hubRuns.flatMap((run, index) => {
    const fromMs = run.stoppedMs ?? run.heartbeatMs + HEARTBEAT_MS
    const toMs = hubRuns[index + 1]?.startedMs ?? Infinity
    return fromMs < toMs ? [{ fromMs, toMs }] : []
  })
}
