// Owns what the hub says of a host to browsers, the CLI and scripts. Absent values are null, ratios run from 0 to 1.
import { Type, type Static } from 'typebox'
import { Inventory } from '../protocol/inventory.ts'

const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const ratio = orNull(Type.Number({ minimum: 0 }))

/** The figures of a host's last tick that a list shows. */
export const HostFigures = Type.Object({
  timeMs,
  cpuRatio: ratio,
  memoryRatio: ratio,
  fullestFilesystem: orNull(
    Type.Object({ mountpoint: Type.String(), usedRatio: Type.Number({ minimum: 0 }) }),
  ),
  receiveBytesPerS: orNull(Type.Number()),
  transmitBytesPerS: orNull(Type.Number()),
  loadPerCore: orNull(Type.Number()),
  temperatureCel: orNull(Type.Number()),
})
export type HostFigures = Static<typeof HostFigures>

/** `up`: heard of lately. `down`: silent beyond its grace. `unknown`: it said goodbye, or nothing is known yet. */
export const HostStatus = Type.Union([
  Type.Literal('up'),
  Type.Literal('down'),
  Type.Literal('unknown'),
])
export type HostStatus = Static<typeof HostStatus>

/**
 * Why a host has the status that it has. `revoked`: the key of its agent was. `awaited`: it was brought back, or another
 * agent was admitted for it, so lately that it may not have come yet.
 */
export const StatusReason = Type.Union([
  Type.Literal('reporting'),
  Type.Literal('silent'),
  Type.Literal('stopped'),
  Type.Literal('rebooting'),
  Type.Literal('upgrading'),
  Type.Literal('never-seen'),
  Type.Literal('hub-started'),
  Type.Literal('retired'),
  Type.Literal('revoked'),
  Type.Literal('awaited'),
])
export type StatusReason = Static<typeof StatusReason>

export const HostSummary = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    name: Type.String(),
    status: HostStatus,
    statusReason: StatusReason,
    statusSinceMs: timeMs,
    lastSeenMs: orNull(timeMs),
    intervalMs: Type.Integer(),
    agentVersion: Type.String(),
    system: orNull(Type.String({ description: 'Operating system and version' })),
    tags: Type.Array(Type.String()),
    duplicate: orNull(
      Type.Object(
        { sinceMs: timeMs, hostname: Type.String(), address: Type.String() },
        {
          description:
            'Another running agent that claims the same identity, as a cloned machine does',
        },
      ),
    ),
    figures: orNull(HostFigures),
  },
  { $id: 'HostSummary' },
)
export type HostSummary = Static<typeof HostSummary>

/** What an agent may send only so much of: bytes and new series tables a day, frames a second, series of a table. */
export const QuotaKind = Type.Union([
  Type.Literal('bytes'),
  Type.Literal('frames'),
  Type.Literal('tables'),
  Type.Literal('series'),
  Type.Literal('custom'),
])
export type QuotaKind = Static<typeof QuotaKind>

export const HostDetail = Type.Object(
  {
    ...HostSummary.properties,
    createdMs: timeMs,
    bootId: orNull(Type.String()),
    bootMs: orNull(timeMs),
    /** When the key of its agent was revoked, while no other agent has joined for it. */
    revokedMs: orNull(timeMs),
    /** Since when it is retired: in no list, not watched, its agent refused. */
    retiredMs: orNull(timeMs),
    overQuota: orNull(
      Type.Object(
        { sinceMs: timeMs, what: QuotaKind },
        { description: 'Its agent was closed of late for sending more than its quota' },
      ),
    ),
    inventory: orNull(Inventory),
    values: Type.Record(Type.String(), Type.Number(), {
      description: "The last tick's series, in the catalogue's units",
    }),
  },
  { $id: 'HostDetail' },
)
export type HostDetail = Static<typeof HostDetail>

export const HostPage = Type.Object({
  items: Type.Array(HostSummary),
  /** Pass as `after` to get the next page; null on the last one. */
  next: orNull(Type.String()),
})
export type HostPage = Static<typeof HostPage>

/** Min, mean and max of a series in each bucket; for raw seconds the three are one. Null where there is no data. */
export const HistorySeries = Type.Object({
  series: Type.String(),
  unit: Type.String(),
  min: Type.Array(orNull(Type.Number())),
  mean: Type.Array(orNull(Type.Number())),
  max: Type.Array(orNull(Type.Number())),
})

/** Buckets start at `fromMs` and follow each other by `stepMs`, aligned to the clock. */
export const History = Type.Object({
  fromMs: timeMs,
  toMs: timeMs,
  stepMs: Type.Integer(),
  series: Type.Array(HistorySeries),
})
export type History = Static<typeof History>

/** One metric over many hosts: the same buckets for all. A host that has none of its series has an empty list. */
export const FleetHistory = Type.Object({
  fromMs: timeMs,
  toMs: timeMs,
  stepMs: Type.Integer(),
  hosts: Type.Array(
    Type.Object({ id: Type.Integer({ minimum: 1 }), series: Type.Array(HistorySeries) }),
  ),
})
export type FleetHistory = Static<typeof FleetHistory>
