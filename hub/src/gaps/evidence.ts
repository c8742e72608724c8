// Owns what a hole is explained by: what was stored of a host and of the hub around it.
import type { AgentsWord } from './agents-word.ts'
import type { SpanIndex } from './span-index.ts'

/** An unbroken run of ticks: its first, its last, and the distance at which they follow each other. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

/** Something that happened to the host (docs/protocol.md, section "Holes"). */
export interface EvidenceEvent {
  readonly timeMs: number
  readonly kind: string
  readonly detail: string | null
}

/** A run of the hub; one that was killed has no end but its last sign of life. */
export interface EvidenceRun {
  readonly startedMs: number
  readonly heartbeatMs: number
  readonly stoppedMs: number | null
}

/** No tick was taken after `fromMs` and before `toMs`. */
export interface Hole {
  readonly fromMs: number
  readonly toMs: number
  /** At least the distance at which ticks follow each other here. */
  readonly stepMs: number
  /** There is no tick after it. */
  readonly isOpen: boolean
}

/** A time without an end has the end Infinity. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** Why the hub refused the host's agent for a time. */
export interface Refusal extends Span {
  readonly reason: 'retired' | 'revoked'
}

export interface Evidence {
  /** Of the time before it the hub knows only what the agent says. */
  readonly joinedMs: number
  /** Of the host, oldest first. */
  readonly events: readonly EvidenceEvent[]
  /** What the agent says of times without ticks. */
  readonly words: SpanIndex<AgentsWord>
  /** When no hub ran. */
  readonly hubAway: SpanIndex<Span>
  readonly refusals: SpanIndex<Refusal>
}
