// Owns one run of a source: read, learnt and written, or failed and written; what was known stays when it failed.
import type { WatchRun } from '@vigie/shared/api/cert-watch'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import { lessonOf } from './learning.ts'
import {
  UnreadableSourceError,
  type AdvisorySource,
  type KnownAdvisory,
  type Reading,
  type WatchFailure,
} from './ports.ts'
import type {
  KeptAdvisory,
  Learnt,
  NewNews,
  NewRun,
  SourceState,
  ToldTrouble,
  WatchStore,
} from './watch-ports.ts'

/** After so many runs in a row that were not well the administrators are mailed (docs/cert.md, V2). */
export const TROUBLED_BEFORE_MAIL = 3
/** A run that has not ended by itself is told to. */
const DEADLINE_MS = 5 * 60_000

export interface WatchRunParts {
  readonly store: WatchStore
  readonly clock: Clock
  readonly log: FastifyBaseLogger
}

/** Resolves with what it taught and its id, or undefined when `signal` ended it: then nothing is written. */
export async function runSource(
  source: AdvisorySource,
  { store, clock, log }: WatchRunParts,
  signal: AbortSignal,
): Promise<{ learnt: Learnt; runId: number } | undefined> {
  const known = await store.known(source.id)
  const state = (await store.states()).find((one) => one.source === source.id)
  const startedMs = clock.nowMs()
  const beganMs = clock.elapsedMs()
  const outcome = await readOnce(source, { known, log, signal })
  if (signal.aborted) return undefined
  const times = { startedMs, tookMs: Math.max(0, Math.round(clock.elapsedMs() - beganMs)) }
  const learnt =
    'reading' in outcome
      ? learn(outcome.reading, { source, known, state, times, nowMs: clock.nowMs() })
      : failed(outcome.failures, { source, state, times })
  const runId = await store.learn(learnt)
  tell(log, learnt)
  return { learnt, runId }
}

type Outcome =
  { readonly reading: Reading } | { readonly failures: readonly [WatchFailure, ...WatchFailure[]] }

async function readOnce(
  source: AdvisorySource,
  options: {
    known: ReadonlyMap<string, KeptAdvisory>
    log: FastifyBaseLogger
    signal: AbortSignal
  },
): Promise<Outcome> {
  const { known, log, signal } = options
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  try {
    const reading = await source.read(toldToSource(known), AbortSignal.any([signal, deadline]))
    // Nothing at all is a redesign, maintenance or a challenge, never "no news".
    if (reading.listed.length > 0) return { reading }
    return { failures: [{ kind: 'no-cards', detail: 'the list is empty' }, ...reading.failures] }
  } catch (error) {
    if (error instanceof UnreadableSourceError) return { failures: error.failures }
    if (!signal.aborted) log.error({ err: error, source: source.id }, 'a source broke its reader')
    const kind = deadline.aborted ? 'deadline' : 'bad-document'
    return { failures: [{ kind, detail: error instanceof Error ? error.message : String(error) }] }
  }
}

function toldToSource(known: ReadonlyMap<string, KeptAdvisory>): Map<string, KnownAdvisory> {
  return new Map(
    Array.from(known, ([reference, { listHash, isClosed, isRead, isBaseline, isRemoved }]) => [
      reference,
      // What was over when the watch began, or is removed, is never read for its own sake.
      { reference, listHash, isClosed, isRead: isRead || isRemoved || (isBaseline && isClosed) },
    ]),
  )
}

interface RunContext {
  readonly source: AdvisorySource
  readonly state: SourceState | undefined
  readonly times: Pick<NewRun, 'startedMs' | 'tookMs'>
}

function learn(
  reading: Reading,
  context: RunContext & { known: ReadonlyMap<string, KeptAdvisory>; nowMs: number },
): Learnt {
  const { source, state, times, known, nowMs } = context
  const baselineMs = state?.baselineMs ?? null
  const lesson = lessonOf(reading, { source, known, baselineMs, nowMs })
  const isChanged = lesson.added.length + lesson.changed.length > 0
  const news = [...lesson.news]
  const about = { source: source.id, reference: null, hostId: null, timeMs: nowMs }
  if (baselineMs === null) news.push({ ...about, kind: 'begun', channel: 'now', detail: {} })
  const outcome = reading.failures.length > 0 ? 'partly' : 'well'
  const trouble = troubleOf(outcome, reading.failures, context, nowMs)
  news.push(...trouble.news)
  return {
    run: {
      ...times,
      source: source.id,
      outcome,
      by: reading.by,
      read: reading.listed.length,
      added: [...lesson.added],
      changed: [...lesson.changed],
      failures: reading.failures,
    },
    state: {
      source: source.id,
      baselineMs: baselineMs ?? nowMs,
      lastRunMs: times.startedMs,
      ...trouble.state,
      wellSinceMs: state?.failedInARow === 0 ? state.wellSinceMs : nowMs,
      lastChangeMs: isChanged ? nowMs : (state?.lastChangeMs ?? null),
    },
    advisories: lesson.advisories,
    news,
  }
}

function failed(failures: readonly [WatchFailure, ...WatchFailure[]], context: RunContext): Learnt {
  const { source, state, times } = context
  const trouble = troubleOf('failed', failures, context, times.startedMs + times.tookMs)
  return {
    run: {
      ...times,
      source: source.id,
      outcome: 'failed',
      by: null,
      read: 0,
      added: [],
      changed: [],
      failures,
    },
    state: {
      source: source.id,
      baselineMs: state?.baselineMs ?? null,
      lastRunMs: times.startedMs,
      ...trouble.state,
      wellSinceMs: state?.wellSinceMs ?? null,
      lastChangeMs: state?.lastChangeMs ?? null,
    },
    advisories: [],
    news: trouble.news,
  }
}

interface Trouble {
  readonly state: Pick<
    SourceState,
    'failedInARow' | 'failingSinceMs' | 'troubledInARow' | 'troubledSinceMs' | 'toldTrouble'
  >
  readonly news: NewNews[]
}

const WELL: Trouble['state'] = {
  failedInARow: 0,
  failingSinceMs: null,
  troubledInARow: 0,
  troubledSinceMs: null,
  toldTrouble: 'none',
}
const RANK: Readonly<Record<ToldTrouble, number>> = { none: 0, partly: 1, failed: 2 }

/** For how long it has not been well, and what administrators are to be told of that: once, and again when it gets worse. */
function troubleOf(
  outcome: WatchRun['outcome'],
  failures: readonly WatchFailure[],
  { source, state, times }: RunContext,
  timeMs: number,
): Trouble {
  const before = state ?? WELL
  const about = {
    source: source.id,
    reference: null,
    hostId: null,
    channel: 'admins',
    timeMs,
  } as const
  if (outcome === 'well') {
    const { toldTrouble, troubledSinceMs } = before
    const detail = troubledSinceMs === null ? {} : { failingSinceMs: troubledSinceMs }
    return {
      state: WELL,
      news: toldTrouble === 'none' ? [] : [{ ...about, kind: 'working', detail }],
    }
  }
  const isBlind = outcome === 'failed'
  const now = {
    failedInARow: isBlind ? before.failedInARow + 1 : 0,
    failingSinceMs: isBlind ? (before.failingSinceMs ?? times.startedMs) : null,
    troubledInARow: before.troubledInARow + 1,
    troubledSinceMs: before.troubledSinceMs ?? times.startedMs,
  }
  const trouble = troubleToTell(now)
  if (RANK[trouble] <= RANK[before.toldTrouble]) {
    return { state: { ...now, toldTrouble: before.toldTrouble }, news: [] }
  }
  const isPartly = trouble === 'partly'
  const detail = {
    failures: failures.map(({ kind, detail: what }) => ({ kind, detail: what })),
    failingSinceMs: (isPartly ? null : now.failingSinceMs) ?? now.troubledSinceMs,
    isPartly,
  }
  return { state: { ...now, toldTrouble: trouble }, news: [{ ...about, kind: 'failing', detail }] }
}

function troubleToTell({
  failedInARow,
  troubledInARow,
}: Pick<SourceState, 'failedInARow' | 'troubledInARow'>): ToldTrouble {
  if (failedInARow >= TROUBLED_BEFORE_MAIL) return 'failed'
  return troubledInARow >= TROUBLED_BEFORE_MAIL ? 'partly' : 'none'
}

function tell(log: FastifyBaseLogger, { run, state }: Learnt): void {
  const { source, outcome, added, changed, tookMs } = run
  if (outcome === 'failed') {
    const [failure] = run.failures
    const { kind, detail } = failure ?? {}
    log.warn({ source, kind, detail, inARow: state.failedInARow }, 'a source could not be read')
  } else if (added.length + changed.length > 0) {
    log.info({ source, added, changed, tookMs }, 'advisories are new or changed')
  }
}
