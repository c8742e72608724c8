// Owns the gaps of a host over HTTP: when nothing was measured, and why.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { GapList } from '@vigie/shared/api/gap'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import { HistoryQuerystring, readHistoryQuery } from './history-query.ts'
import { HostParams, noSuchHost } from './host-params.ts'
import type { FleetReader, GapReader } from './ports.ts'

export interface GapRouteOptions {
  readonly fleet: FleetReader
  readonly gaps: GapReader
  readonly clock: Clock
}

const MAX_GAPS = 10_000
const DEFAULT_GAPS = 1000

const GapQuerystring = Type.Object(
  {
    from: HistoryQuerystring.properties.from,
    to: HistoryQuerystring.properties.to,
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_GAPS,
        description: `At most so many holes, the longest (${DEFAULT_GAPS} when left out); one with several reasons is several gaps`,
      }),
    ),
  },
  { additionalProperties: false },
)

export function addGapRoutes(app: FastifyInstance, { fleet, gaps, clock }: GapRouteOptions): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/hosts/:id/gaps',
    {
      config: { access: 'viewer', hosts: 'one' },
      schema: {
        summary: 'When a host has no data between two times, and why',
        tags: ['hosts'],
        params: HostParams,
        querystring: GapQuerystring,
        response: { 200: GapList },
      },
    },
    async (request) => {
      const host = await fleet.detail(request.params.id)
      if (!host) throw noSuchHost(request.params.id)
      const { limit: maxHoles = DEFAULT_GAPS, ...range } = request.query
      const nowMs = clock.nowMs()
      const { fromMs, toMs } = readHistoryQuery(range, nowMs)
      return gaps({ host, fromMs, toMs, nowMs, maxHoles })
    },
  )
}
