// Owns how a rule is written: what is watched, when it is a crisis or a warning, where, and who is told.
import { Type, type Static } from 'typebox'
import { MailAddress } from './mail-address.ts'

const strict = { additionalProperties: false }
/** Printed in mails and headers: a line without control characters. */
const line = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f\\u2028\\u2029]*$' })
const durationMs = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum })

const HOUR_MS = 3_600_000
export const RULE_LIMITS = {
  maxRules: 200,
  maxNameLength: 80,
  maxWindowMs: HOUR_MS,
  maxForMs: 7 * 24 * HOUR_MS,
  maxRecipients: 50,
} as const

/**
 * Which series: those of `metric` (of the catalogue, or derived: shared/src/metrics/derived.ts) that have just these
 * attributes, each of whose values matches its glob (`*` any text, `?` any character).
 */
export const SeriesFilter = Type.Object(
  {
    metric: Type.String({ minLength: 1, maxLength: 128, pattern: '^[A-Za-z_][A-Za-z0-9_.]*$' }),
    attributes: Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 256 }), {
      maxProperties: 8,
    }),
  },
  strict,
)
export type SeriesFilter = Static<typeof SeriesFilter>

/** A value beyond `threshold` for `forMs`; clear again beyond `clearAt` for `clearForMs`. Values in the metric's unit. */
export const MetricCondition = Type.Object(
  {
    type: Type.Literal('metric'),
    ...SeriesFilter.properties,
    /** Of the values within `windowMs`; `last` is each tick's own and has no window. */
    statistic: Type.Union([
      Type.Literal('last'),
      Type.Literal('mean'),
      Type.Literal('min'),
      Type.Literal('max'),
    ]),
    windowMs: durationMs(0, RULE_LIMITS.maxWindowMs),
    operator: Type.Union([Type.Literal('>'), Type.Literal('<')]),
    threshold: Type.Number(),
    /** Not on the far side of `threshold`. Between the two an incident stays as it is. */
    clearAt: Type.Number(),
    forMs: durationMs(0, RULE_LIMITS.maxForMs),
    clearForMs: durationMs(0, RULE_LIMITS.maxForMs),
    /** What was beyond from the first tick on is how the machine is meant to be. */
    onlyIfChanged: Type.Boolean(),
  },
  strict,
)
export type MetricCondition = Static<typeof MetricCondition>

/** The filesystem at a mountpoint fills up within `withinMs` if it goes on as in the last hours (docs/alerts.md, F1). */
export const FillsCondition = Type.Object(
  {
    type: Type.Literal('fills'),
    /** A glob. */
    mountpoint: Type.String({ minLength: 1, maxLength: 256 }),
    withinMs: durationMs(HOUR_MS / 4, 30 * 24 * HOUR_MS),
    /** Clear when there is longer than this. */
    clearMs: durationMs(HOUR_MS / 4, 60 * 24 * HOUR_MS),
    forMs: durationMs(0, RULE_LIMITS.maxForMs),
  },
  strict,
)
export type FillsCondition = Static<typeof FillsCondition>

/** Nothing was heard of the host for `graceMs` by the hub's clock, or for `stoppedGraceMs` since its agent said goodbye. */
export const DownCondition = Type.Object(
  {
    type: Type.Literal('down'),
    graceMs: durationMs(10_000, RULE_LIMITS.maxForMs),
    /** Null: who said goodbye is not missed. */
    stoppedGraceMs: Type.Union([durationMs(10_000, RULE_LIMITS.maxForMs), Type.Null()]),
  },
  strict,
)
export type DownCondition = Static<typeof DownCondition>

/** The host is in a new boot, and its agent had not said that it would be. */
export const RebootCondition = Type.Object({ type: Type.Literal('reboot') }, strict)
export type RebootCondition = Static<typeof RebootCondition>

export const Condition = Type.Union([
  MetricCondition,
  FillsCondition,
  DownCondition,
  RebootCondition,
])
export type Condition = Static<typeof Condition>

export const Severity = Type.Union([Type.Literal('warning'), Type.Literal('crisis')])
export type Severity = Static<typeof Severity>

/** A machine's label, as `web` or `site=paris`. */
export const Tag = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}=:._/-]*$',
})

export const HostScope = Type.Union([
  Type.Object({ type: Type.Literal('all') }, strict),
  /** Hosts that have any of them. */
  Type.Object(
    { type: Type.Literal('tags'), tags: Type.Array(Tag, { minItems: 1, maxItems: 50 }) },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('hosts'),
      hostIds: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 1000 }),
    },
    strict,
  ),
])
export type HostScope = Static<typeof HostScope>

/** What a person writes of a rule. */
export const RuleDraft = Type.Object(
  {
    name: line(RULE_LIMITS.maxNameLength),
    isEnabled: Type.Boolean(),
    severity: Severity,
    condition: Condition,
    scope: HostScope,
    /** Empty: everybody who is mailed by default. */
    recipients: Type.Array(MailAddress, { maxItems: RULE_LIMITS.maxRecipients }),
    /** While it is firing and nobody has acknowledged it; null: never. */
    remindEveryMs: Type.Union([durationMs(5 * 60_000, 30 * 24 * HOUR_MS), Type.Null()]),
  },
  { ...strict, $id: 'RuleDraft' },
)
export type RuleDraft = Static<typeof RuleDraft>

export const Rule = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    /** Names a rule that every hub begins with, such as `host-down`; null for a rule of its people. */
    key: Type.Union([Type.String(), Type.Null()]),
    ...RuleDraft.properties,
    changedMs: Type.Integer(),
  },
  { $id: 'Rule' },
)
export type Rule = Static<typeof Rule>

export const RuleList = Type.Object({ items: Type.Array(Rule) })
export type RuleList = Static<typeof RuleList>
