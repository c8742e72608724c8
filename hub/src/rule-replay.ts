// Owns the replay of a rule over the fleet: a host at a time, then what it comes to.
import { setImmediate as turn } from 'node:timers/promises'
import type { RuleDraft } from '@vigie/shared/api/rule'
import type { Episode, ReplayLine } from '@vigie/shared/api/rule-trial'
import { isInScope } from './alerts/host-scope.ts'
import { replayRule, type ReplaySources } from './alerts/replay.ts'
import type { Clock } from './clock.ts'
import { countMails } from './mail/count-mails.ts'

export interface RuleReplayParts {
  readonly hosts: () => Iterable<{
    readonly id: number
    readonly intervalMs: number
    readonly tags: readonly string[]
  }>
  readonly read: ReplaySources
  /** Who is told when a rule names nobody. */
  readonly defaultRecipients: () => readonly string[]
  readonly maxMailsPerHour: number
  /** How long every second is kept. */
  readonly retentionMs: number
  readonly clock: Pick<Clock, 'nowMs'>
}

export interface RuleReplayRequest {
  readonly draft: RuleDraft
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly signal: AbortSignal
}

/** Who asks for all that is kept asked a moment ago; seconds go by the hour. */
const JUST_BEFORE_MS = 3_600_000

export type RuleReplay = ReturnType<typeof createRuleReplay>

export function createRuleReplay(parts: RuleReplayParts) {
  const { hosts, read, defaultRecipients, maxMailsPerHour, retentionMs, clock } = parts

  return async function* replay({
    draft,
    fromMs,
    signal,
    ...asked
  }: RuleReplayRequest): AsyncGenerator<Exclude<ReplayLine, { type: 'failed' }>> {
    const toMs = Math.min(asked.toMs, clock.nowMs())
    const meant = [...hosts()].filter((host) => isInScope(draft.scope, host))
    const episodes: Episode[] = []
    yield { type: 'progress', done: 0, total: meant.length }
    for (const [index, host] of meant.entries()) {
      // Ticks and pages have their turn between two hosts.
      await turn()
      if (signal.aborted) return
      for (const episode of await replayRule({ rule: draft, host, fromMs, toMs, read })) {
        episodes.push({ hostId: host.id, ...episode })
      }
      yield { type: 'progress', done: index + 1, total: meant.length }
    }
    const { recipients, remindEveryMs } = draft
    yield {
      type: 'result',
      episodes: episodes.sort((a, b) => a.firedMs - b.firedMs || a.hostId - b.hostId),
      mails: countMails(episodes, {
        recipients: (recipients.length > 0 ? recipients : defaultRecipients()).length,
        remindEveryMs,
        toMs,
        maxMailsPerHour,
      }),
      isExact: isExact(draft) && fromMs >= clock.nowMs() - retentionMs - JUST_BEFORE_MS,
    }
  }
}

// Trends are looked at every five minutes, and of a silence only its connection's end was noted.
function isExact({ condition }: RuleDraft): boolean {
  return condition.type === 'metric' || condition.type === 'reboot'
}
