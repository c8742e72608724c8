// Owns when advisories are compared with what machines run: when one of them changed, gathered, and never twice at once.
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { KeptVerdict, VerdictChanges, VerdictStore } from './watch-ports.ts'
import type { Match } from './ports.ts'

export interface MatchingParts {
  /** What is different from what is kept; done elsewhere than on the event loop. */
  readonly compare: () => Promise<VerdictChanges>
  readonly verdicts: VerdictStore
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** What was asked for is done. `hostIds`: whose packages or verdicts changed; undefined when advisories did. */
  readonly onMatched: (hostIds: readonly number[] | undefined) => void
  /** Packages that change are gathered so long. */
  readonly gatherMs?: number
}

const GATHER_MS = 60_000
/** What a host says of itself is on the disk by then. */
const SETTLE_MS = 5000
const RETRY_MS = 60_000

export type Matching = ReturnType<typeof createMatching>

/** Compares once as it begins: what changed while the hub was away told nobody. */
export function createMatching(parts: MatchingParts) {
  const { compare, verdicts, clock, log, onMatched, gatherMs = GATHER_MS } = parts
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  const state = { isWanted: false, isUrgent: false, isClosed: false }
  let lastMs = -Infinity
  let matchedMs: number | null = null
  /** Whose packages or verdicts changed since it was last said. */
  const changed = { hostIds: new Set<number>(), isMore: false }

  const run = async (): Promise<void> => {
    Object.assign(state, { isWanted: false, isUrgent: false })
    lastMs = clock.elapsedMs()
    try {
      const changes = await compare()
      if (changes.put.length + changes.gone.length > 0) {
        await verdicts.change(changes, clock.nowMs())
      }
      for (const { hostId } of [...changes.put, ...changes.gone]) changed.hostIds.add(hostId)
      matchedMs = clock.nowMs()
      running = undefined
      if (state.isWanted) schedule(state.isUrgent ? 0 : gatherMs)
      else tell()
    } catch (error) {
      log.error({ err: error }, 'advisories could not be compared with the fleet; tried again')
      running = undefined
      state.isWanted = true
      schedule(RETRY_MS)
    }
  }

  function tell(): void {
    const hostIds = changed.isMore ? undefined : [...changed.hostIds]
    changed.hostIds.clear()
    changed.isMore = false
    onMatched(hostIds)
  }

  function schedule(waitMs: number): void {
    if (state.isClosed) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running ??= run()
    }, waitMs)
  }

  const ask = (isUrgent: boolean): void => {
    state.isWanted = true
    state.isUrgent ||= isUrgent
    if (running) return
    const waitMs = gatherMs - (clock.elapsedMs() - lastMs)
    schedule(state.isUrgent ? 0 : Math.max(Math.min(SETTLE_MS, gatherMs), waitMs))
  }

  const advisoriesChanged = (): void => {
    changed.isMore = true
    ask(true)
  }

  advisoriesChanged()
  return {
    /** Advisories are new or changed: compared at once. */
    advisoriesChanged,

    /** A host's packages changed; others may follow. */
    packagesChanged(hostId: number): void {
      changed.hostIds.add(hostId)
      ask(false)
    },

    /** Whether nothing that was asked for is still to be compared. */
    isSettled: () => !state.isWanted && running === undefined,

    /** When it was last done; null before the first time. */
    matchedMs: () => matchedMs,

    async close(): Promise<void> {
      state.isClosed = true
      clearTimeout(timer)
      await running
    },
  }
}

/** What of `matches` is other than what is kept. Times are no difference. */
export function verdictChanges(
  kept: readonly KeptVerdict[],
  matches: readonly Match[],
): VerdictChanges {
  const keyOf = ({ reference, hostId }: { reference: string; hostId: number }): string =>
    `${hostId} ${reference}`
  const before = new Map(kept.map((verdict) => [keyOf(verdict), verdict]))
  const put = matches.filter((match) => {
    const known = before.get(keyOf(match))
    before.delete(keyOf(match))
    if (known?.verdict !== match.verdict) return true
    return JSON.stringify(known.evidence) !== JSON.stringify(match.evidence)
  })
  const gone = Array.from(before.values(), ({ reference, hostId }) => ({ reference, hostId }))
  return { put, gone }
}
