// Owns Debian's security data beside its advisories: read once a day at most, in a process of its own, and kept whole or not at all.
import { Value } from 'typebox/value'
import type { Clock } from '../../clock.ts'
import { readInChild, type ChildOutcome } from '../browser/child-reading.ts'
import type { SecurityData, WatchFailure } from '../ports.ts'
import { keepDebianData, keepSameDebianData, keptDebianData } from './debian-data-file.ts'
import { DebianDataAnswer, type DebianDataJob } from './debian-data-job.ts'
import { oneLine } from './source-fault.ts'
import { userAgentOf, type SourceIdentity } from './source-identity.ts'

const DAY_MS = 86_400_000
/** After a reading that failed. */
const RETRY_MS = 3_600_000
/** The run of a source has five minutes for its feed and this. */
const DEADLINE_MS = 200_000
/** The process ends by itself before. */
const RESERVE_MS = 10_000

export interface DebianDataOptions extends SourceIdentity {
  readonly url: string
  readonly dataDirectory: string
  readonly clock: Pick<Clock, 'nowMs'>
  readonly deadlineMs?: number
}

export interface DebianDataReader extends SecurityData {
  /** Reads it when that is due. Resolves with why it could not be; rejects with the signal's reason when it is aborted. */
  refresh(signal: AbortSignal): Promise<WatchFailure | undefined>
}

export function createDebianData(options: DebianDataOptions): DebianDataReader {
  const { url, dataDirectory, clock, deadlineMs = DEADLINE_MS } = options
  let failedMs = -Infinity
  let changed = (): void => undefined

  const read = async (signal: AbortSignal): Promise<WatchFailure | undefined> => {
    const kept = await keptDebianData(dataDirectory, url)
    if (isWithin(DAY_MS, kept?.readMs ?? -Infinity, clock.nowMs())) return undefined
    const timeoutMs = Math.max(deadlineMs - RESERVE_MS, deadlineMs / 2)
    const mark = kept?.mark ?? {}
    const job: DebianDataJob = { url, userAgent: userAgentOf(options), timeoutMs, mark }
    const entry = new URL('./debian-data-process.ts', import.meta.url)
    const answer = answerOf(await readInChild({ entry, job, deadlineMs, signal }), deadlineMs)
    if (answer.is === 'failed') return failure(answer)
    const readMs = clock.nowMs()
    if (answer.is === 'read') {
      const { text, packages, fixes } = answer
      await keepDebianData(dataDirectory, { url, readMs, mark: answer.mark, packages, fixes }, text)
    } else if (kept) {
      await keepSameDebianData(dataDirectory, kept, readMs)
    }
    changed()
    return undefined
  }

  return {
    url,

    async refresh(signal) {
      if (isWithin(RETRY_MS, failedMs, clock.nowMs())) return undefined
      try {
        const fault = await read(signal)
        failedMs = fault ? clock.nowMs() : -Infinity
        return fault
      } catch (error) {
        signal.throwIfAborted()
        failedMs = clock.nowMs()
        const detail = error instanceof Error ? error.message : String(error)
        return failure({ kind: 'bad-document', detail: `it cannot be kept: ${detail}` })
      }
    },

    onChanged(listener) {
      changed = listener
    },

    async kept() {
      const kept = await keptDebianData(dataDirectory, url)
      return kept ? { readMs: kept.readMs, packages: kept.packages, fixes: kept.fixes } : null
    },
  }
}

// What a clock that was set back calls the future is no time that was.
function isWithin(spanMs: number, sinceMs: number, nowMs: number): boolean {
  return sinceMs <= nowMs && nowMs - sinceMs < spanMs
}

function answerOf(outcome: ChildOutcome, deadlineMs: number): DebianDataAnswer {
  switch (outcome.is) {
    case 'late':
      return { is: 'failed', kind: 'deadline', detail: `it was ended after ${deadlineMs / 1000} s` }
    case 'died':
      return { is: 'failed', kind: 'bad-document', detail: outcome.detail }
    case 'answered': {
      if (Value.Check(DebianDataAnswer, outcome.answer)) return outcome.answer
      const detail = 'the reading process answered what is no reading'
      return { is: 'failed', kind: 'bad-document', detail }
    }
  }
}

function failure({ kind, detail }: Pick<WatchFailure, 'kind' | 'detail'>): WatchFailure {
  return { kind, detail: oneLine(`Debian’s security data: ${detail}`) }
}
