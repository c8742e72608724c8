// Owns the history of a host over HTTP: buckets as JSON, or every tick in the codec's own bytes.
import { Readable } from 'node:stream'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { BLOCK_MEDIA_TYPE } from '@vigie/shared/api/history-body'
import { History } from '@vigie/shared/api/host'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem.ts'
import {
  HistoryQuerystring,
  readHistoryQuery,
  tooManyValues,
  type HistoryQuery,
} from './history-query.ts'
import { hostOf, HostParams } from './host-params.ts'
import type { FleetReader, HistoryReader } from './ports.ts'

const HOUR_MS = 3_600_000
const MAX_VALUES = 5_000_000
export const MAX_RANGE_MS = 31 * 24 * HOUR_MS

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
      config: { access: 'viewer', hosts: 'one' },
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
      const signal = whileWanted(reply)
      if (request.headers.accept?.includes(BLOCK_MEDIA_TYPE)) {
        limitRange(query, MAX_RANGE_MS, 'blocks')
        const body = await answerable(begun(history.body(range, signal)))
        return reply
          .type(BLOCK_MEDIA_TYPE)
          .send(Readable.from(body, { objectMode: false }) as never)
      }
      limitRange(query, MAX_RANGE_MS, 'buckets')
      const buckets = { ...range, intervalMs: host.intervalMs }
      const json = await answerable(history.json(buckets, signal))
      return reply
        .type('application/json; charset=utf-8')
        .send(Buffer.from(json.buffer, json.byteOffset, json.length) as never)
    },
  )
}

/** Aborts when whoever asked goes away before the answer is written. */
export function whileWanted(reply: FastifyReply): AbortSignal {
  const reading = new AbortController()
  reply.raw.once('close', () => reading.abort())
  return reading.signal
}

/** What was read, or the problem that says why it could not be. */
export async function answerable<Result>(reading: Promise<Result>): Promise<Result> {
  try {
    return await reading
  } catch (error) {
    throw bucketsProblem(error)
  }
}

/** What is said where buckets could not be made: that there are too many, or the error itself. */
export function bucketsProblem(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  if (error.name === 'HistoryTooLargeError') return tooManyValues(MAX_VALUES)
  // What piscina says when as many wait as may.
  if (error.message === 'Task queue is at limit') {
    return new ProblemError('unavailable', 'Too many ask for history: try again in a moment.')
  }
  // Nobody reads this answer, and it is no failure of the hub.
  if (error.name === 'AbortError')
    return new ProblemError('unavailable', 'The request was given up.')
  return error
}

/** What fails at once fails before an answer is begun. */
async function begun(body: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const parts = body[Symbol.asyncIterator]()
  const first = await parts.next()
  return (async function* () {
    if (first.done) return
    yield first.value
    yield* { [Symbol.asyncIterator]: () => parts }
  })()
}

/** Throws the problem that says that a range is too long. */
export function limitRange({ fromMs, toMs }: HistoryQuery, rangeMs: number, what: string): void {
  if (toMs - fromMs <= rangeMs) return
  const message = `must be at most ${rangeMs / HOUR_MS} hours before \`to\` for ${what}`
  throw new ProblemError('invalid-request', `query/from ${message}`, [
    { field: 'query/from', message },
  ])
}
