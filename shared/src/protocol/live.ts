// Owns the messages between browser and hub (docs/protocol.md). Text frames hold one of these as JSON;
// a binary frame is a host's id as varint, then a block of that host, byte for byte as its agent sent it.
import { Type, type Static } from 'typebox'
import { HostFigures, HostSummary } from '../api/host.ts'
import { HubProblem } from '../api/hub-state.ts'
import { Incident } from '../api/incident.ts'
import { Snapshot } from './inventory.ts'

const strict = { additionalProperties: false }
const hostId = Type.Integer({ minimum: 1 })
const timeMs = Type.Integer({ minimum: 0 })

/** Replaces what this browser is sent: figures of the hosts in sight, and every value of the hosts that are open. */
export const Subscribe = Type.Object(
  {
    type: Type.Literal('subscribe'),
    figures: Type.Array(hostId, { maxItems: 500 }),
    hosts: Type.Array(hostId, { maxItems: 16 }),
  },
  strict,
)
export const BrowserMessage = Subscribe
export type Subscribe = Static<typeof Subscribe>

/** First on every connection, then every few seconds: the page knows that the hub lives, and its clock. */
export const Beat = Type.Object(
  { type: Type.Literal('beat'), timeMs, hubVersion: Type.String() },
  strict,
)

/** Hosts that are new or whose status, name or facts changed; all of them reach every browser. */
export const HostsChanged = Type.Object(
  {
    type: Type.Literal('hosts'),
    changed: Type.Array(HostSummary),
    removed: Type.Array(hostId),
  },
  strict,
)
export type HostsChanged = Static<typeof HostsChanged>

/** The newest figures of subscribed hosts. */
export const FiguresMessage = Type.Object(
  {
    type: Type.Literal('figures'),
    hosts: Type.Array(
      Type.Object({ id: hostId, lastSeenMs: timeMs, figures: HostFigures }, strict),
    ),
  },
  strict,
)

/** CPU of the last two minutes of a host whose figures were just subscribed to, oldest first, null where missing. */
export const RecentMessage = Type.Object(
  {
    type: Type.Literal('recent'),
    hosts: Type.Array(
      Type.Object(
        {
          id: hostId,
          endMs: timeMs,
          stepMs: Type.Integer(),
          cpuRatio: Type.Array(Type.Union([Type.Number(), Type.Null()])),
        },
        strict,
      ),
    ),
  },
  strict,
)

/** The series table that the next binary frames of an open host refer to. */
export const TableMessage = Type.Object(
  {
    type: Type.Literal('series'),
    host: hostId,
    revision: Type.Integer(),
    keys: Type.Array(Type.String()),
  },
  strict,
)

export const SnapshotOfHost = Type.Object(
  { type: Type.Literal('snapshot'), host: hostId, snapshot: Snapshot },
  strict,
)

/** This browser was too slow: binary frames of an open host were left out since then; ask for them by REST. */
export const Dropped = Type.Object(
  { type: Type.Literal('dropped'), host: hostId, sinceMs: timeMs },
  strict,
)

/** What is wrong with the hub itself: after the first beat, and when it changes. */
export const ProblemsMessage = Type.Object(
  { type: Type.Literal('problems'), problems: Type.Array(HubProblem) },
  strict,
)

/**
 * Incidents that are firing or acknowledged: all of them in the first such message of a connection, then those that are
 * new or changed, and the ids of those that are open no more.
 */
export const IncidentsMessage = Type.Object(
  {
    type: Type.Literal('incidents'),
    changed: Type.Array(Incident),
    removed: Type.Array(Type.Integer({ minimum: 1 })),
  },
  strict,
)
export type IncidentsMessage = Static<typeof IncidentsMessage>

/** What the page is to read again, of security advisories and of the watch that reads them, by REST. */
export const CertChanged = Type.Object(
  {
    type: Type.Literal('cert'),
    changed: Type.Array(Type.Union([Type.Literal('advisories'), Type.Literal('watch')])),
  },
  strict,
)
export type CertPart = Static<typeof CertChanged>['changed'][number]

/** Everything that a hub says to a browser as text. */
export const LiveMessage = Type.Union([
  Beat,
  HostsChanged,
  FiguresMessage,
  RecentMessage,
  TableMessage,
  SnapshotOfHost,
  Dropped,
  ProblemsMessage,
  IncidentsMessage,
  CertChanged,
])
export type LiveMessage = Static<typeof LiveMessage>
