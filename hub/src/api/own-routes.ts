// Owns what people do about their own account over HTTP: name, password, sessions.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { OwnChange, PasswordChange, PersonSessionList } from '@vigie/shared/api/own-account'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { OwnAccounts, Owner, Unproven } from './access-ports.ts'

// By address, as signing in.
export const PASSWORD_TRIES = { rateLimit: { max: 10, timeWindow: '1 minute' } }
const nothing = Type.Null({ description: 'Done' })
const SessionParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) })

export function addOwnRoutes(app: FastifyInstance, people: OwnAccounts): void {
  addName(app, people)
  addOwnSessions(app, people)
}

function addName(app: FastifyInstance, people: OwnAccounts): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.patch(
    '/me',
    {
      config: { access: 'viewer', hosts: 'none', audit: 'own.name', auditShows: ['name'] },
      schema: {
        summary: 'Change your name',
        tags: ['me'],
        body: OwnChange,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await people.own.rename(await ownerOf(people, request), request.body.name)
      return reply.code(204).send(null)
    },
  )

  routes.put(
    '/me/password',
    {
      config: { access: 'viewer', hosts: 'none', audit: 'own.password', ...PASSWORD_TRIES },
      schema: {
        summary: 'Change your password; all your other sessions end',
        tags: ['me'],
        body: PasswordChange,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const outcome = await people.own.changePassword(await ownerOf(people, request), request.body)
      if (outcome !== 'done') throw unproven(outcome)
      return reply.code(204).send(null)
    },
  )
}

function addOwnSessions(app: FastifyInstance, people: OwnAccounts): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/me/sessions',
    {
      config: { access: 'viewer', hosts: 'none' },
      schema: {
        summary: 'Where you are signed in',
        tags: ['me'],
        response: { 200: PersonSessionList },
      },
    },
    async (request) => {
      const owner = await findOwner(people, request)
      return { items: owner ? await people.own.listSessions(owner) : [] }
    },
  )

  routes.delete(
    '/me/sessions',
    {
      config: { access: 'viewer', hosts: 'none', audit: 'own.end-sessions' },
      schema: { summary: 'Sign out everywhere else', tags: ['me'], response: { 204: nothing } },
    },
    async (request, reply) => {
      await people.own.endOtherSessions(await ownerOf(people, request))
      return reply.code(204).send(null)
    },
  )

  routes.delete(
    '/me/sessions/:id',
    {
      config: { access: 'viewer', hosts: 'none', audit: 'own.end-session' },
      schema: {
        summary: 'End one of your sessions',
        tags: ['me'],
        params: SessionParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const owner = await ownerOf(people, request)
      if ((await people.own.endSession(owner, request.params.id)) === 0) {
        throw new ProblemError('not-found', 'There is no such session.')
      }
      return reply.code(204).send(null)
    },
  )
}

/** Undefined for a program, which has a token and no account. */
export async function findOwner(
  people: OwnAccounts,
  { headers, person }: FastifyRequest,
): Promise<Owner | undefined> {
  // With a token beside it, the cookie is not what let the request in.
  const session = await people.session(headers)
  if (!session || session.person.id !== person?.id) return undefined
  return { personId: session.person.id, sessionId: session.id, headers }
}

export async function ownerOf(people: OwnAccounts, request: FastifyRequest): Promise<Owner> {
  const owner = await findOwner(people, request)
  if (!owner) throw new ProblemError('no-account', 'Sign in as a person.')
  return owner
}

export function unproven(why: Unproven): ProblemError {
  switch (why) {
    case 'wrong':
      return new ProblemError('wrong-password')
    case 'none':
      return new ProblemError(
        'no-password',
        'Its provider of OpenID Connect keeps the password and the second factor.',
      )
    case 'wait':
      return new ProblemError(
        'too-many-requests',
        'There were too many wrong passwords: wait a while.',
      )
  }
}
