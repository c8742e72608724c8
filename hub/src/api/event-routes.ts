// Owns what happened to hosts over HTTP, in pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { EventPage, HostEvent } from '@vigie/shared/api/event'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import { HistoryQuerystring, readHistoryQuery } from './history-query.ts'
import { HostParams } from './host-params.ts'
import type { EventReader } from './ports.ts'
import { inSight } from './in-sight.ts'

export interface EventRouteOptions {
  readonly events: EventReader
  readonly clock: Clock
}

const DEFAULT_EVENTS = 500
/** An event may be of a moment that the hub's clock has not reached: of an agent whose clock is ahead. */
const AHEAD_MS = 60_000

const EventQuerystring = Type.Object(
  {
    host: Type.Optional(HostParams.properties.id),
    kind: Type.Optional(
      Type.Array(HostEvent.properties.kind, {
        maxItems: 16,
        description: 'A kind of event; repeat it for more. All kinds when left out',
      }),
    ),
    from: Type.Optional(
      Type.String({
        ...HistoryQuerystring.properties.from,
        description: 'The first instant (the oldest when left out)',
      }),
    ),
    to: HistoryQuerystring.properties.to,
    after: Type.Optional(
      Type.String({ pattern: '^[0-9]{1,15}$', description: 'The `next` of the page before' }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: `Events a page (${DEFAULT_EVENTS} when left out)`,
      }),
    ),
  },
  { additionalProperties: false },
)

export function addEventRoutes(app: FastifyInstance, { events, clock }: EventRouteOptions): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/events',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'What happened to hosts, in the order in which the hub learnt of it',
        tags: ['hosts'],
        querystring: EventQuerystring,
        response: { 200: EventPage },
      },
    },
    async (request) => {
      const { host, kind, from = '0', to, after = '0', limit = DEFAULT_EVENTS } = request.query
      const range = readHistoryQuery(
        { from, ...(to !== undefined && { to }) },
        clock.nowMs() + AHEAD_MS,
      )
      const found = await events.page({
        ...range,
        afterId: Number(after),
        ...inSight(request.sight, host),
        ...(kind && { kinds: kind }),
        limit: limit + 1,
      })
      const items = found.slice(0, limit)
      const last = items.at(-1)
      return { items, next: last && found.length > limit ? String(last.id) : null }
    },
  )
}
