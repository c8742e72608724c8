// Owns the history of a host over HTTP: buckets as JSON, or every tick in the codec's own bytes.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { BLOCK_MEDIA_TYPE, HistoryBodyWriter } from '@vigie/shared/api/history-body'
import { History } from '@vigie/shared/api/host'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem.ts'
import {
  HistoryQuerystring,
  readHistoryQuery,
  tooManyValues,
  type HistoryQuery,
} from './history-query.ts'
import { hostOf, HostParams } from './host-params.ts'
import type { FleetReader, HistoryReader, HistoryRun } from './ports.ts'

const HOUR_MS = 3_600_000
const MAX_BLOCK_RANGE_MS = 24 * HOUR_MS
const MAX_VALUES = 5_000_000
export const MAX_JSON_RANGE_MS = 31 * 24 * HOUR_MS

export interface HistoryRouteOptions {
  readonly fleet: FleetReader
  readonly history: HistoryReader
  readonly clock: Clock
}

export function addHistoryRoutes(app: FastifyInstance, options: HistoryRouteOptions): void {
  const { fleet, history, clock } = options
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/hosts/:id/history',
    {
      config: { access: 'viewer' },
      schema: {
        summary: 'What a host measured between two times',
        description: `Buckets of the clock with min, mean and max. With Accept: ${BLOCK_MEDIA_TYPE} every tick, as blocks (shared/src/api/history-body.ts).`,
        tags: ['hosts'],
        produces: ['application/json', BLOCK_MEDIA_TYPE],
        params: HostParams,
        querystring: HistoryQuerystring,
        response: { 200: History },
      },
    },
    async (request, reply) => {
      const host = hostOf(fleet, request.params.id)
      const query = readHistoryQuery(request.query, clock.nowMs())
      const range = { hostId: host.id, ...query }
      if (request.headers.accept?.includes(BLOCK_MEDIA_TYPE)) {
        limitRange(query, MAX_BLOCK_RANGE_MS, 'blocks')
        const runs = history.runs(range)
        const body = await blocks(runs, () => !request.raw.destroyed)
        return reply.type(BLOCK_MEDIA_TYPE).send(body as never)
      }
      limitRange(query, MAX_JSON_RANGE_MS, 'buckets')
      const buckets = await bucketsOf(history, { ...range, intervalMs: host.intervalMs })
      // Written here: the schema's own writer takes a union's branches apart for each of a million numbers.
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(buckets) as never)
    },
  )
}

/** Buckets, or the problem that says that there are too many. */
export async function bucketsOf(
  history: HistoryReader,
  query: Parameters<HistoryReader['buckets']>[0],
): Promise<History> {
  try {
    return await history.buckets(query)
  } catch (error) {
    throw bucketsProblem(error)
  }
}

/** What is said where buckets could not be made: that there are too many, or the error itself. */
export function bucketsProblem(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  return error.name === 'HistoryTooLargeError' ? tooManyValues(MAX_VALUES) : error
}

/** Runs as they are sent. Stops when nobody wants them any more; throws the problem that says there are too many. */
async function blocks(runs: AsyncIterable<HistoryRun>, isWanted: () => boolean): Promise<Buffer> {
  const writer = new HistoryBodyWriter()
  const parts: Uint8Array[] = []
  let values = 0
  for await (const run of runs) {
    if (!isWanted()) break
    values += run.block.values.length
    if (values > MAX_VALUES) throw tooManyValues(MAX_VALUES)
    parts.push(writer.write(run))
  }
  return Buffer.concat(parts)
}

/** Throws the problem that says that a range is too long. */
export function limitRange({ fromMs, toMs }: HistoryQuery, rangeMs: number, what: string): void {
  if (toMs - fromMs <= rangeMs) return
  const message = `must be at most ${rangeMs / HOUR_MS} hours before \`to\` for ${what}`
  throw new ProblemError('invalid-request', `query/from ${message}`, [
    { field: 'query/from', message },
  ])
}
