// Owns reading up to this moment: what is pending is committed first, so that live data joins history without a hole.
import type { HistoryReading } from './background-thread.ts'

/** Read here or in a thread; the signal is for that. */
export type HistorySource = HistoryReading

export function createCurrentHistory(
  source: HistorySource,
  flush: () => Promise<unknown>,
): HistorySource {
  const first =
    <Arguments extends unknown[], Result>(read: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      await flush()
      return read(...given)
    }
  const firstEach = <Arguments extends unknown[], Result>(
    read: (...given: Arguments) => AsyncGenerator<Result>,
  ) =>
    async function* (...given: Arguments): AsyncGenerator<Result> {
      await flush()
      yield* read(...given)
    }
  return {
    json: first(source.json),
    buckets: first(source.buckets),
    stretches: first(source.stretches),
    runs: firstEach(source.runs),
    body: firstEach(source.body),
  }
}
