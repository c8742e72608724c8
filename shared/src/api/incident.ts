// Owns how an incident is told to browsers, the CLI, scripts and mails. Absent values are null; values are in their metric's unit.
import { Type, type Static } from 'typebox'
import { Snapshot } from '../protocol/inventory.ts'
import { Condition, Severity } from './rule.ts'

const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** `pending`: beyond, not yet for long enough. `acknowledged`: firing, and somebody has it. */
export const IncidentState = Type.Union([
  Type.Literal('pending'),
  Type.Literal('firing'),
  Type.Literal('acknowledged'),
  Type.Literal('resolved'),
])
export type IncidentState = Static<typeof IncidentState>

/**
 * `cleared`: the value is clear again; `returned`: the host is heard again; `gone`: the series is no more (unmounted,
 * unplugged); `rule-changed`: the rule was deleted, switched off or no longer means this host; `retired`: the host
 * was retired, merged or deleted; `revoked`: the key of its agent was; `over`: it was of a moment, as a reboot is.
 */
export const ResolvedWhy = Type.Union([
  Type.Literal('cleared'),
  Type.Literal('returned'),
  Type.Literal('gone'),
  Type.Literal('rule-changed'),
  Type.Literal('retired'),
  Type.Literal('revoked'),
  Type.Literal('over'),
])
export type ResolvedWhy = Static<typeof ResolvedWhy>

/**
 * `incident`: of one host. `lost-sight`: most of the fleet vanished together: the hub's own network, with `hostId`
 * null. `late`: it happened and ended while its ticks did not arrive, and was learnt from a backlog.
 */
export const IncidentKind = Type.Union([
  Type.Literal('incident'),
  Type.Literal('lost-sight'),
  Type.Literal('late'),
])
export type IncidentKind = Static<typeof IncidentKind>

/** The rule as it was when the incident began. */
export const IncidentRule = Type.Object({
  id: Type.Integer(),
  key: orNull(Type.String()),
  name: Type.String(),
  condition: Condition,
})
export type IncidentRule = Static<typeof IncidentRule>

/** How its mails fared, over all recipients and notices. */
export const IncidentMail = Type.Object({
  waiting: Type.Integer({ minimum: 0 }),
  delivered: Type.Integer({ minimum: 0 }),
  refused: Type.Integer({ minimum: 0 }),
  /** From the transition to the relay's acceptance of the first notice, of the slowest recipient. */
  tookMs: orNull(Type.Integer({ minimum: 0 })),
  /** When the next attempt is due, of what waits. */
  nextMs: orNull(timeMs),
})
export type IncidentMail = Static<typeof IncidentMail>

export const Incident = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    kind: IncidentKind,
    rule: IncidentRule,
    severity: Severity,
    hostId: orNull(Type.Integer({ minimum: 1 })),
    hostName: orNull(Type.String()),
    /** The written series that is beyond; empty where the rule watches none (down, reboot). */
    series: Type.String(),
    state: IncidentState,
    /** Since when the value is beyond, or the host silent. */
    sinceMs: timeMs,
    firedMs: orNull(timeMs),
    acknowledgedMs: orNull(timeMs),
    /** Who has it. */
    owner: orNull(Type.String()),
    resolvedMs: orNull(timeMs),
    resolvedWhy: orNull(ResolvedWhy),
    /** When it fired, in the metric's unit; of `down` the silence in seconds; of `fills` the seconds to full. */
    value: orNull(Type.Number()),
    /** The furthest beyond so far. */
    worst: orNull(Type.Number()),
    /** More to say, by kind: `fills` {usedRatio, bytesPerS}; `down` {goodbye}; `reboot` {bootId}; `lost-sight` {hostIds, hosts}. */
    detail: Type.Record(Type.String(), Type.Unknown()),
    isSilenced: Type.Boolean(),
    /** The `lost-sight` incident that speaks for it. */
    foldedInto: orNull(Type.Integer({ minimum: 1 })),
    mail: IncidentMail,
  },
  { $id: 'Incident' },
)
export type Incident = Static<typeof Incident>

/** What happened to an incident, in order. */
export const IncidentEntry = Type.Object({
  timeMs,
  kind: Type.Union([
    Type.Literal('pending'),
    Type.Literal('fired'),
    Type.Literal('acknowledged'),
    Type.Literal('handed-over'),
    Type.Literal('note'),
    Type.Literal('silenced'),
    Type.Literal('resolved'),
    Type.Literal('mail-written'),
    Type.Literal('mail-delivered'),
    Type.Literal('mail-refused'),
    Type.Literal('mail-deferred'),
    Type.Literal('mail-withheld'),
    Type.Literal('reminder-due'),
  ]),
  /** A person, a recipient or a webhook. */
  who: orNull(Type.String()),
  /** A person's words, or the relay's. */
  text: orNull(Type.String()),
})
export type IncidentEntry = Static<typeof IncidentEntry>

export const IncidentDetail = Type.Object(
  {
    ...Incident.properties,
    timeline: Type.Array(IncidentEntry),
    /** The busiest processes of the minute before it fired, oldest first. */
    snapshots: Type.Array(Snapshot),
    /** What its picture shows: up to an hour before it fired and what came after, one value a step, in the metric's unit. */
    chart: orNull(
      Type.Object({
        /** The series drawn; of a host that is down the one that says most. */
        series: Type.String(),
        fromMs: timeMs,
        stepMs: Type.Integer(),
        values: Type.Array(orNull(Type.Number())),
        threshold: orNull(Type.Number()),
      }),
    ),
  },
  { $id: 'IncidentDetail' },
)
export type IncidentDetail = Static<typeof IncidentDetail>

export const IncidentPage = Type.Object({
  items: Type.Array(Incident),
  /** Pass as `after` to get the next page; null on the last one. */
  next: orNull(Type.String()),
})
export type IncidentPage = Static<typeof IncidentPage>

const strict = { additionalProperties: false }
const words = (maxLength: number) => Type.String({ minLength: 1, maxLength })

export const AcknowledgeRequest = Type.Object({ note: Type.Optional(words(2000)) }, strict)
export type AcknowledgeRequest = Static<typeof AcknowledgeRequest>

/** `to` is a person or a team, in the words of whoever hands it over. */
export const HandOverRequest = Type.Object(
  { to: words(120), text: Type.Optional(words(2000)) },
  strict,
)
export type HandOverRequest = Static<typeof HandOverRequest>

export const NoteRequest = Type.Object({ text: words(2000) }, strict)
export type NoteRequest = Static<typeof NoteRequest>
