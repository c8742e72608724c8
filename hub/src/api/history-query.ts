// Owns what a history may be asked for: times as people and programs write them, and how many points.
import { MAX_SERIES_KEY_LENGTH, parseSeries } from '@vigie/shared/metrics/series'
import { Type, type Static } from 'typebox'
import { ProblemError, type FieldFault } from '../http/problem.ts'

export const MAX_POINTS = 4000
const DEFAULT_POINTS = 1000
const DEFAULT_RANGE_MS = 3_600_000
/** The last instant of a Date (ECMA-262, section 21.4.1.1). */
const MAX_TIME_MS = 8.64e15

const time = (description: string) =>
  Type.Optional(
    Type.String({ maxLength: 40, description: `${description}; epoch milliseconds or ISO 8601` }),
  )

export const HistoryQuerystring = Type.Object(
  {
    metric: Type.Optional(
      Type.Array(Type.String({ maxLength: MAX_SERIES_KEY_LENGTH }), {
        maxItems: 64,
        description:
          'A metric (all of its series) or a written series; repeat it for more. All series when left out',
      }),
    ),
    from: time('The first instant (an hour before `to` when left out)'),
    to: time('The instant after the last (now when left out)'),
    points: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_POINTS,
        description: `At most so many points a series (${DEFAULT_POINTS} when left out)`,
      }),
    ),
  },
  { additionalProperties: false },
)
export type HistoryQuerystring = Static<typeof HistoryQuerystring>

export interface HistoryQuery {
  readonly fromMs: number
  readonly toMs: number
  readonly points: number
  /** Metric names and written series; all when left out. */
  readonly series?: readonly string[]
}

/** Reads a query. Throws a {@link ProblemError} that names every field at fault. */
export function readHistoryQuery(query: HistoryQuerystring, nowMs: number): HistoryQuery {
  const faults: FieldFault[] = []
  const read = (field: 'from' | 'to', otherwise: number): number => {
    const written = query[field]
    const timeMs = written === undefined ? otherwise : parseTime(written)
    if (timeMs !== undefined) return timeMs
    faults.push({
      field: `query/${field}`,
      message: 'must be epoch milliseconds or ISO 8601 with a zone, such as 2026-11-23T07:00:00Z',
    })
    return otherwise
  }
  const toMs = read('to', nowMs)
  const fromMs = read('from', Math.max(0, toMs - DEFAULT_RANGE_MS))
  if (faults.length === 0 && fromMs >= toMs) {
    faults.push({ field: 'query/from', message: 'must be before `to`' })
  }
  for (const metric of query.metric ?? []) {
    if (parseSeries(metric) === undefined) {
      faults.push({ field: 'query/metric', message: `${metric} is neither a metric nor a series` })
    }
  }
  if (faults.length > 0) {
    const said = faults.map((fault) => `${fault.field} ${fault.message}`).join('; ')
    throw new ProblemError('invalid-request', said, faults)
  }
  const points = query.points ?? DEFAULT_POINTS
  return { fromMs, toMs, points, ...(query.metric?.length && { series: query.metric }) }
}

/** The problem of a query whose answer would hold more than `limit` values. */
export function tooManyValues(limit: number): ProblemError {
  const message = `asks for more than ${limit} values: ask for a shorter time, fewer points, or name fewer metrics`
  return new ProblemError('invalid-request', `query/metric ${message}`, [
    { field: 'query/metric', message },
  ])
}

// A local time would mean the hub's zone, which whoever asks does not know: the zone has to be said.
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/

/** Epoch milliseconds of a written time, or undefined. A date alone is its midnight in UTC. */
export function parseTime(written: string): number | undefined {
  // A plus sign that was not escaped in a query arrives as a space.
  const text = written.replace(' ', '+')
  const timeMs = /^\d{1,16}$/.test(text) ? Number(text) : ISO.test(text) ? Date.parse(text) : NaN
  return timeMs >= 0 && timeMs <= MAX_TIME_MS ? timeMs : undefined
}
