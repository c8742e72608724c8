// Owns API tokens over HTTP: which there are, new ones, and their end.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { ApiTokenList, TokenDraft, TokenMade } from '@vigie/shared/api/token'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem.ts'
import type { Tokens } from './ports.ts'

export interface TokenRouteOptions {
  readonly tokens: Tokens
  readonly clock: Clock
}

const TokenParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{12}$' }) })
const MAX_TOKENS = 200
const MAX_LIFE_MS = 366 * 86_400_000

export function addTokenRoutes(app: FastifyInstance, { tokens, clock }: TokenRouteOptions): void {
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

  routes.post(
    '/tokens',
    {
      config: {
        access: 'admin',
        audit: 'token.create',
        auditShows: ['role', 'hostTags', 'expiresMs'],
      },
      schema: {
        summary: 'Make an API token; it is shown once',
        tags: ['tokens'],
        body: TokenDraft,
        response: { 201: TokenMade },
      },
    },
    async (request, reply) => {
      const { expiresMs = null } = request.body
      const lifeMs = (expiresMs ?? Infinity) - clock.nowMs()
      if (expiresMs !== null && !(lifeMs > 0 && lifeMs <= MAX_LIFE_MS)) {
        throw new ProblemError(
          'draft-refused',
          'A token ends within a year from now, or not by itself.',
        )
      }
      if ((await tokens.count()) >= MAX_TOKENS) {
        throw new ProblemError('limit-reached', `There are ${MAX_TOKENS} tokens: end some first.`)
      }
      const made = await tokens.create(request.body)
      request.auditNote.target = request.body.name
      return reply.code(201).send(made)
    },
  )

  routes.delete(
    '/tokens/:id',
    {
      config: { access: 'admin', audit: 'token.end' },
      schema: {
        summary: 'End an API token at once',
        tags: ['tokens'],
        params: TokenParams,
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const known = (await tokens.list()).find((token) => token.id === id)
      if (known) request.auditNote.target = known.name
      if (!(await tokens.delete(id))) throw new ProblemError('not-found', 'There is no such token.')
      return reply.code(204).send(null)
    },
  )
}
