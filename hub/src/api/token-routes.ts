// Owns API tokens over HTTP: which there are, and their end. They are made on the hub's machine (`vigie token create`).
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { ApiTokenList } from '@vigie/shared/api/token'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { Tokens } from './ports.ts'

const TokenParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{12}$' }) })

export function addTokenRoutes(app: FastifyInstance, tokens: Tokens): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/tokens',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'API tokens: their names, roles and last use',
        tags: ['tokens'],
        response: { 200: ApiTokenList },
      },
    },
    async () => ({ items: await tokens.list() }),
  )

  routes.delete(
    '/tokens/:id',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'End an API token at once',
        tags: ['tokens'],
        params: TokenParams,
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (request, reply) => {
      if (!(await tokens.delete(request.params.id))) {
        throw new ProblemError('not-found', 'There is no such token.')
      }
      return reply.code(204).send(null)
    },
  )
}
