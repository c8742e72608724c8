// Owns the hosts over HTTP: the list in pages, one in full, and the lists of its latest snapshot.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { HostDetail, HostPage } from '@vigie/shared/api/host'
import { Snapshot } from '@vigie/shared/protocol/inventory'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { hostOf, HostParams, noSuchHost } from './host-params.ts'
import type { FleetReader } from './ports.ts'

const PageQuerystring = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'Hosts a page (500 when left out)' }),
    ),
    after: Type.Optional(
      Type.String({
        pattern: '^[0-9]{1,16}$',
        description: 'The `next` of the page before',
      }),
    ),
  },
  { additionalProperties: false },
)

export function addHostRoutes(app: FastifyInstance, fleet: FleetReader): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/hosts',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'The fleet, in the order of ids',
        tags: ['hosts'],
        querystring: PageQuerystring,
        response: { 200: HostPage },
      },
    },
    (request) => {
      const { limit = 500, after = '0' } = request.query
      const rest = fleet
        .list()
        .filter((host) => host.id > Number(after) && request.sight.sees(host.id))
        .sort((a, b) => a.id - b.id)
      const items = rest.slice(0, limit)
      const last = items.at(-1)
      return { items, next: last && rest.length > limit ? String(last.id) : null }
    },
  )

  routes.get(
    '/hosts/:id',
    {
      config: { access: 'viewer', hosts: 'one' },
      schema: {
        summary: 'One host: its facts and the values of its last tick',
        tags: ['hosts'],
        params: HostParams,
        response: { 200: HostDetail },
      },
    },
    async (request) => {
      const detail = await fleet.detail(request.params.id)
      if (!detail) throw noSuchHost(request.params.id)
      return detail
    },
  )

  routes.get(
    '/hosts/:id/processes',
    {
      config: { access: 'viewer', hosts: 'one' },
      schema: {
        summary: 'The latest processes, users and failed units; 204 while none have come',
        tags: ['hosts'],
        params: HostParams,
        response: { 200: Snapshot, 204: Type.Null({ description: 'None have come yet' }) },
      },
    },
    (request, reply) => {
      const { id } = hostOf(fleet, request.params.id)
      const snapshot = fleet.snapshot(id)
      if (!snapshot) void reply.code(204)
      return snapshot ?? null
    },
  )
}
