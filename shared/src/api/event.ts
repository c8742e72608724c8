// Owns how what happened to hosts is told, in order.
import { Type, type Static } from 'typebox'

export const HostEvent = Type.Object(
  {
    /** Grows with time of recording; pass as `after` to get the next page. */
    id: Type.Integer({ minimum: 1 }),
    timeMs: Type.Integer({ description: 'Epoch milliseconds, UTC' }),
    hostId: Type.Integer({ minimum: 1 }),
    /** `booted` is a boot id that is new, `started` the start of the agent's process; `detail` says more where there is more to say. */
    kind: Type.Union(
      [
        'joined',
        'connected',
        'disconnected',
        'started',
        'booted',
        'goodbye',
        'duplicate',
        'gap',
      ].map((kind) => Type.Literal(kind)),
    ),
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
