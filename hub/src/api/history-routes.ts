// Owns the history of a host over HTTP: buckets as JSON, or every tick in the codec's own bytes.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { BLOCK_MEDIA_TYPE, HistoryBodyWriter } from '@vigie/shared/api/history-body'
import { History } from '@vigie/shared/api/host'
import { columnOf } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem.ts'
import { gridOf, HistoryFold } from './history-buckets.ts'
import {
  HistoryQuerystring,
  MAX_VALUES,
  readHistoryQuery,
  tooManyValues,
  type HistoryQuery,
} from './history-query.ts'
import { historyJson } from './history-json.ts'
import { hostOf, HostParams } from './host-params.ts'
import type { FleetReader, HistoryReader, HistoryRun } from './ports.ts'

const HOUR_MS = 3_600_000
const MAX_BLOCK_RANGE_MS = 24 * HOUR_MS
const MAX_JSON_RANGE_MS = 31 * 24 * HOUR_MS

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
      const isWanted = (): boolean => !request.raw.destroyed
      if (request.headers.accept?.includes(BLOCK_MEDIA_TYPE)) {
        limitRange(query, MAX_BLOCK_RANGE_MS, 'blocks')
        const runs = history.runs({ hostId: host.id, ...query })
        const wants = request.query.metric ? query.wants : undefined
        return reply.type(BLOCK_MEDIA_TYPE).send((await blocks(runs, wants, isWanted)) as never)
      }
      limitRange(query, MAX_JSON_RANGE_MS, 'buckets')
      const grid = gridOf({ ...query, intervalMs: host.intervalMs })
      const fold = new HistoryFold(grid, query.wants)
      const toMs = grid.fromMs + grid.count * grid.stepMs
      for await (const run of history.runs({ hostId: host.id, fromMs: grid.fromMs, toMs })) {
        if (!isWanted()) break
        fold.add(run)
      }
      return reply.type('application/json; charset=utf-8').send(historyJson(fold) as never)
    },
  )
}

/** Runs as they are sent. Stops when nobody wants them any more; throws the problem that says there are too many. */
async function blocks(
  runs: AsyncIterable<HistoryRun>,
  wants: ((key: string) => boolean) | undefined,
  isWanted: () => boolean,
): Promise<Buffer> {
  const writer = new HistoryBodyWriter()
  const parts: Uint8Array[] = []
  let values = 0
  for await (const run of runs) {
    if (!isWanted()) break
    const kept = wants ? picked(run, wants) : run
    values += kept.block.values.length
    if (values > MAX_VALUES) throw tooManyValues()
    parts.push(writer.write(kept))
  }
  return Buffer.concat(parts)
}

function limitRange({ fromMs, toMs }: HistoryQuery, rangeMs: number, what: string): void {
  if (toMs - fromMs <= rangeMs) return
  const message = `must be at most ${rangeMs / HOUR_MS} hours before \`to\` for ${what}`
  throw new ProblemError('invalid-request', `query/from ${message}`, [
    { field: 'query/from', message },
  ])
}

/** A run with only the columns that are wanted, under the revision of what is left. */
function picked({ keys: allKeys, block }: HistoryRun, wants: (key: string) => boolean): HistoryRun {
  const columns = allKeys.flatMap((key, column) => (wants(key) ? [column] : []))
  const keys = columns.map((column) => allKeys[column] ?? '')
  const ticks = block.present.length
  const values = new Float64Array(columns.length * ticks)
  columns.forEach((column, index) => values.set(columnOf(block, column), index * ticks))
  return { keys, block: { ...block, revision: tableRevision(keys), values } }
}
