// Owns how what happened to hosts is told, in order.
import { Type, type Static } from 'typebox'

/**
 * `booted`: the host has a new boot id. `started`: the agent's process began. `gap`: what the agent says of a time
 * without ticks. `duplicate`: another agent claimed the host's identity. `over-quota`: it was closed for what it sent.
 * `paced`: the same process of the agent goes on at another interval, to keep to its budget.
 * The rest is what people did: `renamed`, `revoked` (the agent's key), `replaced` (another agent joined for it),
 * `retired`, `returned` (from that) and `merged` (with the host that the detail names).
 */
export const HostEventKind = Type.Union([
  Type.Literal('joined'),
  Type.Literal('connected'),
  Type.Literal('disconnected'),
  Type.Literal('started'),
  Type.Literal('booted'),
  Type.Literal('goodbye'),
  Type.Literal('duplicate'),
  Type.Literal('gap'),
  Type.Literal('over-quota'),
  Type.Literal('paced'),
  Type.Literal('renamed'),
  Type.Literal('revoked'),
  Type.Literal('replaced'),
  Type.Literal('retired'),
  Type.Literal('returned'),
  Type.Literal('merged'),
])
export type HostEventKind = Static<typeof HostEventKind>

export const HostEvent = Type.Object(
  {
    /** Grows with time of recording; pass as `after` to get the next page. */
    id: Type.Integer({ minimum: 1 }),
    /** When it happened, which the hub may have learnt long after. */
    timeMs: Type.Integer({ description: 'Epoch milliseconds, UTC' }),
    hostId: Type.Integer({ minimum: 1 }),
    kind: HostEventKind,
    /** More, where there is more to say: a close code's name, a goodbye's reason, a boot id, a version, a `gap` as JSON, an interval in ms. */
    detail: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: 'HostEvent' },
)
export type HostEvent = Static<typeof HostEvent>

export const EventPage = Type.Object({
  /** Oldest first. */
  items: Type.Array(HostEvent),
  /** Pass as `after` to get the next page; null on the last one. */
  next: Type.Union([Type.String(), Type.Null()]),
})
export type EventPage = Static<typeof EventPage>
