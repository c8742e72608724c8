// Owns how a hole in a host's data is told: from when to when, and why.
import { Type, type Static } from 'typebox'

const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })

/**
 * Why there is no data. `rebooted`: the machine started anew. `stopped`: the agent was not running. `suspended`: the
 * machine slept. `network`: the agent ran and could not reach the hub for longer than it could keep its samples.
 * `hub-away`: the hub was not running for that long. `stalled`: the agent ran and did not get to sample.
 * `retired`, `revoked`: the host was, or the key of its agent, so that the hub refused it. `slowed`: the agent was changing
 * its interval to keep to its budget. `unknown`: nobody said.
 */
export const GapReason = Type.Union([
  Type.Literal('rebooted'),
  Type.Literal('stopped'),
  Type.Literal('suspended'),
  Type.Literal('network'),
  Type.Literal('hub-away'),
  Type.Literal('stalled'),
  Type.Literal('retired'),
  Type.Literal('revoked'),
  Type.Literal('slowed'),
  Type.Literal('unknown'),
])
export type GapReason = Static<typeof GapReason>

/**
 * No tick was taken after `fromMs` and before `toMs`, which are ticks themselves, the ends of the range asked for, or
 * where the reason becomes another.
 */
export const Gap = Type.Object(
  {
    fromMs: timeMs,
    toMs: timeMs,
    reason: GapReason,
    /** Still going on: `toMs` is then the end of the range. */
    isOpen: Type.Boolean(),
  },
  { $id: 'Gap' },
)
export type Gap = Static<typeof Gap>

export const GapList = Type.Object({
  /** Oldest first. */
  items: Type.Array(Gap),
  /** There are more than were asked for: the shortest were left out. */
  isCut: Type.Boolean(),
})
export type GapList = Static<typeof GapList>
