// Owns the tags of hosts over HTTP.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { HostSummary } from '@vigie/shared/api/host'
import { Tag } from '@vigie/shared/api/rule'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { HostParams, noSuchHost } from './host-params.ts'

export interface TagRouteOptions {
  /** Replaces a host's tags; undefined when there is no such host. */
  readonly tagHost: (id: number, tags: readonly string[]) => Promise<HostSummary | undefined>
}

const MAX_TAGS = 20
const TagList = Type.Object(
  { tags: Type.Array(Tag, { maxItems: MAX_TAGS }) },
  { additionalProperties: false },
)

export function addTagRoutes(app: FastifyInstance, { tagHost }: TagRouteOptions): void {
  app.withTypeProvider<TypeBoxTypeProvider>().put(
    '/hosts/:id/tags',
    {
      config: { access: 'admin', audit: 'host.tags', auditShows: ['tags'] },
      schema: {
        summary: 'Replace the tags of a host, by which rules, silences and windows mean it',
        tags: ['hosts'],
        params: HostParams,
        body: TagList,
        response: { 200: HostSummary },
      },
    },
    async (request) => {
      const { id } = request.params
      const host = await tagHost(id, [...new Set(request.body.tags)].sort())
      if (!host) throw noSuchHost(id)
      return host
    },
  )
}
