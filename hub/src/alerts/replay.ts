// Owns replay: when a rule would have fired on one host, by what is stored of it.
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import type { History } from '@vigie/shared/api/host'
import type { Block } from '@vigie/shared/codec/block'
import type { Episode } from './episode.ts'
import { replayFills } from './replay-fills.ts'
import { replayDown, replayReboots, type HubRun, type PastEvent } from './replay-silence.ts'
import { replayValues } from './replay-values.ts'

export interface ReplayRange {
  readonly hostId: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

/** What is stored. */
export interface ReplaySources {
  readonly history: {
    buckets(
      query: ReplayRange & {
        readonly series: readonly string[]
        readonly points: number
        readonly intervalMs: number
      },
    ): Promise<History>
    runs(
      query: ReplayRange & { readonly series: readonly string[] },
    ): AsyncIterable<{ readonly keys: readonly string[]; readonly block: Block }>
    stretches(
      query: ReplayRange,
    ): Promise<readonly { fromMs: number; toMs: number; stepMs: number }[]>
  }
  readonly events: {
    /** Of one host, oldest first, from `fromMs` on. */
    list(hostId: number, fromMs: number): Promise<readonly PastEvent[]>
  }
  /** Oldest first; a run that goes on is alive at `nowMs`. */
  readonly hubRuns: { list(nowMs: number): Promise<readonly HubRun[]> }
}

export interface ReplayRequest {
  readonly rule: RuleDraft
  readonly host: { readonly id: number; readonly intervalMs: number }
  readonly fromMs: number
  /** Not after now. */
  readonly toMs: number
  readonly read: ReplaySources
}

/**
 * What fired in the range, in that order, through the machines that tick. It looks at the stored minutes first, and
 * reads seconds only of hours in which a minute has values on both sides of a bound, so that quiet days cost little.
 * Approximate: a series with holes of its own, within minutes that are all on one side, counts as watched throughout;
 * hours whose seconds are no longer kept, or with very many series, are taken by the means of their minutes; a
 * filesystem's trend is looked at every five minutes; a host that fell silent without closing its connection is known
 * to have done so by the hub's timeout. Neither D4 nor late data is played: what was late is taken as if in time.
 */
export async function replayRule({
  rule: draft,
  host,
  fromMs,
  toMs,
  read,
}: ReplayRequest): Promise<Episode[]> {
  const rule: Rule = { ...draft, id: 0, key: null, changedMs: 0 }
  const { condition } = rule
  const range = { hostId: host.id, fromMs, toMs }
  switch (condition.type) {
    case 'metric':
      return replayValues({ rule, condition, range, history: read.history })
    case 'fills':
      return replayFills({ rule, condition, range, history: read.history })
    case 'down':
      return replayDown(condition, { ...range, intervalMs: host.intervalMs }, read)
    case 'reboot':
      return replayReboots(range, read)
  }
}
