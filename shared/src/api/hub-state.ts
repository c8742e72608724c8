// Owns how the hub itself is told: how long it has run, what it keeps, and what keeps it from keeping everything.
import { Type, type Static } from 'typebox'

const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })
const sizeBytes = Type.Integer({ minimum: 0 })

/**
 * What is wrong with the hub itself. `disk-low` and `database-full`: the oldest raw seconds go before their time.
 * `not-writing`: commits fail; agents keep what is not acknowledged. `mail-failing`: mails wait for a relay, or were refused.
 * `certificate-expiring`: the hub's own certificate ends within 14 days, or has ended.
 */
export const HubProblem = Type.Object({
  kind: Type.Union([
    Type.Literal('disk-low'),
    Type.Literal('database-full'),
    Type.Literal('not-writing'),
    Type.Literal('mail-failing'),
    Type.Literal('certificate-expiring'),
  ]),
  sinceMs: timeMs,
  /** One sentence in English for logs and scripts. */
  detail: Type.String(),
})
export type HubProblem = Static<typeof HubProblem>

export const HubState = Type.Object(
  {
    version: Type.String(),
    startedMs: timeMs,
    retentionMs: Type.Integer(),
    database: Type.Object({
      sizeBytes,
      /** Free on the file system that holds it. */
      diskFreeBytes: sizeBytes,
      /** The oldest tick kept of any host, null while there is none. */
      oldestMs: Type.Union([timeMs, Type.Null()]),
    }),
    problems: Type.Array(HubProblem),
  },
  { $id: 'HubState' },
)
export type HubState = Static<typeof HubState>
