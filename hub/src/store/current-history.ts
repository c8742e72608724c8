// Owns reading up to this moment: what is pending of a range is committed first, so that live data joins history without
// a hole. What is long past waits for no disk.
import type { HistoryReading } from './background-thread.ts'
import type { HistoryQuery } from './history.ts'

/** The last bucket ends with its line of the clock, after the range. */
const MARGIN_MS = 86_400_000

export function createCurrentHistory(
  source: HistoryReading,
  writer: { flushBefore(toMs: number): Promise<void> },
): HistoryReading {
  const first =
    <Query extends HistoryQuery, Result>(
      read: (query: Query, signal?: AbortSignal) => Promise<Result>,
    ) =>
    async (query: Query, signal?: AbortSignal): Promise<Result> => {
      await writer.flushBefore(query.toMs + MARGIN_MS)
      return read(query, signal)
    }
  const firstEach = <Result>(
    read: (query: HistoryQuery, signal?: AbortSignal) => AsyncGenerator<Result>,
  ) =>
    async function* (query: HistoryQuery, signal?: AbortSignal): AsyncGenerator<Result> {
      await writer.flushBefore(query.toMs + MARGIN_MS)
      yield* read(query, signal)
    }
  return {
    json: first(source.json),
    buckets: first(source.buckets),
    stretches: first(source.stretches),
    runs: firstEach(source.runs),
    body: firstEach(source.body),
  }
}
