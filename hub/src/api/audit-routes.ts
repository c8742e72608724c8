// Owns the audit log over HTTP: it is read there, and nobody changes it.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { AuditPage } from '@vigie/shared/api/audit'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { AuditReader } from './access-ports.ts'
import { after, beforeIdOf, DEFAULT_ITEMS, limit, pageOf } from './page-query.ts'

const AuditQuerystring = Type.Object(
  {
    who: Type.Optional(
      Type.String({ minLength: 1, maxLength: 254, description: 'An id or a name, whole' }),
    ),
    action: Type.Optional(
      Type.String({
        pattern: '^[a-z.-]{1,40}$',
        description: '`user.change`, or `user` for all of that',
      }),
    ),
    after,
    limit,
  },
  { additionalProperties: false },
)

export function addAuditRoutes(app: FastifyInstance, audit: AuditReader): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/audit',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Who changed what, when and from where, newest first; what was refused, too',
        tags: ['audit'],
        querystring: AuditQuerystring,
        response: { 200: AuditPage },
      },
    },
    async (request) => {
      const { who, action, after: cursor, limit: size = DEFAULT_ITEMS } = request.query
      const found = await audit.page({
        ...(who !== undefined && { who }),
        ...(action !== undefined && { action }),
        ...beforeIdOf(cursor),
        limit: size + 1,
      })
      return pageOf(found, size, ({ id }) => String(id))
    },
  )
}
