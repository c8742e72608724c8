// Owns the comparison of hosts over HTTP: one metric of many of them, on one grid of the clock.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { FleetHistory } from '@vigie/shared/api/host'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import { HistoryQuerystring, readHistoryQuery, tooManyValues } from './history-query.ts'
import { answerable, limitRange, MAX_RANGE_MS, whileWanted } from './history-routes.ts'
import { hostOf, HostParams } from './host-params.ts'
import type { FleetReader, HistoryReader } from './ports.ts'

export interface FleetHistoryRouteOptions {
  readonly fleet: FleetReader
  readonly history: HistoryReader
  readonly clock: Clock
}

/** What one answer may hold. A page of many hosts asks for a few at a time. */
const MAX_VALUES = 1_000_000
const MAX_HOSTS = 1000

const FleetHistoryQuerystring = Type.Object(
  {
    metric: Type.String({
      ...HistoryQuerystring.properties.metric.items,
      description:
        'A written series, or a metric: the series of that name where a host has one, else all of its series',
    }),
    host: Type.Optional(
      Type.Array(HostParams.properties.id, {
        maxItems: MAX_HOSTS,
        description: 'The id of a host; repeat it for more. All hosts when left out',
      }),
    ),
    from: HistoryQuerystring.properties.from,
    to: HistoryQuerystring.properties.to,
    points: HistoryQuerystring.properties.points,
  },
  { additionalProperties: false },
)

export function addFleetHistoryRoutes(
  app: FastifyInstance,
  options: FleetHistoryRouteOptions,
): void {
  const { fleet, history, clock } = options
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/history',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'What many hosts measured of one metric between two times',
        description: 'Buckets of the clock with min, mean and max, the same ones for every host.',
        tags: ['hosts'],
        querystring: FleetHistoryQuerystring,
        response: { 200: FleetHistory },
      },
    },
    async (request, reply) => {
      const { metric, host: ids, ...range } = request.query
      const query = readHistoryQuery({ ...range, metric: [metric] }, clock.nowMs())
      limitRange(query, MAX_RANGE_MS, 'buckets')
      const seen = fleet.list().filter(({ id }) => request.sight.sees(id))
      const byId = new Map(seen.map((host) => [host.id, host]))
      const hosts = ids
        ? [...new Set(ids)].map((id) => hostOf({ find: (each) => byId.get(each) }, id))
        : seen.sort((a, b) => a.id - b.id)
      // The slowest host's interval is the finest grid that all of them can share.
      const intervalMs = Math.max(1000, ...hosts.map((host) => host.intervalMs))
      const found: FleetHistory['hosts'] = []
      let values = 0
      let grid = { fromMs: query.fromMs, toMs: query.toMs, stepMs: intervalMs }
      const signal = whileWanted(reply)
      for (const { id: hostId } of hosts) {
        const { series: all, ...buckets } = await answerable(
          history.buckets({ ...query, hostId, intervalMs }, signal),
        )
        grid = buckets
        // Of a metric that has a whole beside its parts (the CPU and its cores), many hosts are compared by the whole.
        const whole = all.filter((each) => each.series === metric)
        const series = whole.length > 0 ? whole : all
        values += series.reduce((sum, { mean }) => sum + 3 * mean.length, 0)
        if (values > MAX_VALUES) throw tooManyValues(MAX_VALUES)
        found.push({ id: hostId, series })
      }
      const answer: FleetHistory = { ...grid, hosts: found }
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer) as never)
    },
  )
}
