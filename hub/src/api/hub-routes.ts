// Owns the hub's own state over HTTP.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { HubState } from '@vigie/shared/api/hub-state'
import type { FastifyInstance } from 'fastify'
import type { HubReader } from './ports.ts'

export function addHubRoutes(app: FastifyInstance, hub: HubReader): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/hub',
    {
      config: { access: 'viewer', hosts: 'none' },
      schema: {
        summary: 'The hub itself: since when it runs, what it keeps, what is wrong with it',
        tags: ['hub'],
        response: { 200: HubState },
      },
    },
    () => hub.state(),
  )
}
