// Owns how a rule is tried before it is kept: against what hosts measure now, and against what they have measured.
import { Type, type Static } from 'typebox'
import { RuleDraft } from './rule.ts'

const strict = { additionalProperties: false }
const timeMs = Type.Integer({ minimum: 0, description: 'Epoch milliseconds, UTC' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

export const PreviewRequest = Type.Object({ draft: RuleDraft }, strict)
export type PreviewRequest = Static<typeof PreviewRequest>

/** Of a value: past the threshold, past the value at which it clears, between the two, or there is none (docs/alerts.md, A1). */
export const TrialVerdict = Type.Union([
  Type.Literal('beyond'),
  Type.Literal('between'),
  Type.Literal('clear'),
  Type.Literal('missing'),
])
export type TrialVerdict = Static<typeof TrialVerdict>

export const PreviewItem = Type.Object({
  hostId: Type.Integer({ minimum: 1 }),
  /** The written series; empty where the rule watches none (down, reboot). */
  series: Type.String(),
  /** In the metric's unit; of `down` the silence in seconds, of `fills` the seconds to full. */
  value: orNull(Type.Number()),
  verdict: TrialVerdict,
})
export type PreviewItem = Static<typeof PreviewItem>

export const Preview = Type.Object({ items: Type.Array(PreviewItem) }, { $id: 'RulePreview' })
export type Preview = Static<typeof Preview>

export const ReplayRequest = Type.Object(
  {
    draft: RuleDraft,
    from: timeMs,
    /** Exclusive. */
    to: timeMs,
  },
  strict,
)
export type ReplayRequest = Static<typeof ReplayRequest>

/** One time that the rule would have fired. */
export const Episode = Type.Object({
  hostId: Type.Integer({ minimum: 1 }),
  series: Type.String(),
  sinceMs: timeMs,
  firedMs: timeMs,
  /** Null: it was still firing at the end. */
  resolvedMs: orNull(timeMs),
  /** The furthest beyond, in the metric's unit. */
  worst: orNull(Type.Number()),
})
export type Episode = Static<typeof Episode>

/** How far a replay is, in hosts. */
export const ReplayProgress = Type.Object({
  type: Type.Literal('progress'),
  done: Type.Integer({ minimum: 0 }),
  total: Type.Integer({ minimum: 0 }),
})

export const ReplayResult = Type.Object({
  type: Type.Literal('result'),
  /** By when they fired. */
  episodes: Type.Array(Episode),
  /** What the rule's recipients would have got, all of them together. */
  mails: Type.Integer({ minimum: 0 }),
  /** Whether every second was looked at; else means of a minute stood for some. */
  isExact: Type.Boolean(),
})
export type ReplayResult = Static<typeof ReplayResult>

/** The last line of a replay that could not be carried through. */
export const ReplayFailure = Type.Object({ type: Type.Literal('failed'), detail: Type.String() })

/** A line of a replay (NDJSON): progress a host at a time, then its result or its failure. */
export const ReplayLine = Type.Union([ReplayProgress, ReplayResult, ReplayFailure])
export type ReplayLine = Static<typeof ReplayLine>
