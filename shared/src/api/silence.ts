// Owns how people say that they want no mail: once until a time, or again and again in a maintenance window.
import { Type, type Static } from 'typebox'
import { HostScope } from './rule.ts'

const timeMs = Type.Integer({
  minimum: 0,
  maximum: 8.64e15,
  description: 'Epoch milliseconds, UTC',
})
const strict = { additionalProperties: false }
const comment = Type.String({ maxLength: 500 })

/** Which incidents: of these hosts and, unless empty, of these rules. */
export const SilenceMatch = Type.Object(
  {
    scope: HostScope,
    ruleIds: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 200 }),
  },
  strict,
)
export type SilenceMatch = Static<typeof SilenceMatch>

export const SilenceDraft = Type.Object(
  { ...SilenceMatch.properties, startsMs: timeMs, endsMs: timeMs, comment },
  { ...strict, $id: 'SilenceDraft' },
)
export type SilenceDraft = Static<typeof SilenceDraft>

export const Silence = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    ...SilenceDraft.properties,
    createdBy: Type.String(),
    createdMs: timeMs,
  },
  { $id: 'Silence' },
)
export type Silence = Static<typeof Silence>
export const SilenceList = Type.Object({ items: Type.Array(Silence) })

/** Again and again: begins as `cron` says (five fields) by the clocks of `zone`, and lasts `durationMs` of real time. */
export const MaintenanceDraft = Type.Object(
  {
    ...SilenceMatch.properties,
    name: Type.String({ minLength: 1, maxLength: 80 }),
    cron: Type.String({ minLength: 9, maxLength: 100 }),
    durationMs: Type.Integer({ minimum: 60_000, maximum: 7 * 86_400_000 }),
    /** IANA name, such as Europe/Paris. */
    zone: Type.String({ minLength: 1, maxLength: 64 }),
    isEnabled: Type.Boolean(),
  },
  { ...strict, $id: 'MaintenanceDraft' },
)
export type MaintenanceDraft = Static<typeof MaintenanceDraft>

export const Maintenance = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    ...MaintenanceDraft.properties,
    /** The window that is open, or the next one; null when there is none any more. */
    next: Type.Union([Type.Object({ startsMs: timeMs, endsMs: timeMs }), Type.Null()]),
  },
  { $id: 'Maintenance' },
)
export type Maintenance = Static<typeof Maintenance>
export const MaintenanceList = Type.Object({ items: Type.Array(Maintenance) })
