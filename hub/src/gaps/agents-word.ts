// Owns what an agent says of its own holes, as the event log keeps it.
import type { GapMessage } from '@vigie/shared/protocol/agent'

export type AgentsWord = Pick<GapMessage, 'fromMs' | 'toMs' | 'reason' | 'ticks'>

/** The detail of a `gap` event. */
export function writeAgentsWord({ fromMs, toMs, reason, ticks }: AgentsWord): string {
  return JSON.stringify({ fromMs, toMs, reason, ticks })
}

/** What an event says of a time without ticks, if it does. */
export function agentsWordOf(event: { kind: string; detail: string | null }): AgentsWord[] {
  return event.kind === 'gap' && event.detail !== null
    ? [JSON.parse(event.detail) as AgentsWord]
    : []
}
