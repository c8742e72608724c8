// Owns people over HTTP, as administrators see and change them: roles, hosts that they see, sessions, lost factors.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { InviteMade } from '@vigie/shared/api/invite'
import { PersonSessionList } from '@vigie/shared/api/own-account'
import { User, UserChange, UserList } from '@vigie/shared/api/user'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { AccountOutcome, InviteDesk, Users } from './access-ports.ts'
import { tooManyInvites } from './invite-routes.ts'

export interface UserRouteOptions {
  readonly people: Users
  readonly invites: InviteDesk
}

const id = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' })
const UserParams = Type.Object({ id })
const SessionParams = Type.Object({ id, session: id })
const nothing = Type.Null({ description: 'Done' })

export function addUserRoutes(app: FastifyInstance, options: UserRouteOptions): void {
  addAccounts(app, options)
  addSessions(app, options.people)
  addLost(app, options)
}

function addAccounts(app: FastifyInstance, { people }: UserRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/users',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Everybody with an account',
        tags: ['users'],
        response: { 200: UserList },
      },
    },
    async () => ({ items: await people.accounts.list() }),
  )

  routes.patch(
    '/users/:id',
    {
      config: { access: 'admin', audit: 'user.change', auditShows: ['name', 'role', 'hostTags'] },
      schema: {
        summary: 'Change a name, a role, or which hosts a viewer sees',
        description: 'Another role ends the sessions of the person; other hosts are seen at once.',
        tags: ['users'],
        params: UserParams,
        body: UserChange,
        response: { 200: User },
      },
    },
    async (request) => {
      const user = await userOf(people, request)
      settle(await people.changeAccount(user.id, request.body))
      return userOf(people, request)
    },
  )

  routes.delete(
    '/users/:id',
    {
      config: { access: 'admin', audit: 'user.remove' },
      schema: {
        summary: 'Remove somebody, with all their sessions',
        tags: ['users'],
        params: UserParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const user = await userOf(people, request)
      if (user.id === request.person?.id) {
        throw new ProblemError('own-account', 'Another administrator can remove it.')
      }
      settle(await people.removeAccount(user.id))
      return reply.code(204).send(null)
    },
  )
}

function addSessions(app: FastifyInstance, people: Users): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/users/:id/sessions',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Where somebody is signed in',
        tags: ['users'],
        params: UserParams,
        response: { 200: PersonSessionList },
      },
    },
    async (request) => ({ items: await people.sessions.list((await userOf(people, request)).id) }),
  )

  routes.delete(
    '/users/:id/sessions',
    {
      config: { access: 'admin', audit: 'user.end-sessions' },
      schema: {
        summary: 'Sign somebody out everywhere',
        tags: ['users'],
        params: UserParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await people.sessions.end({ personId: (await userOf(people, request)).id })
      return reply.code(204).send(null)
    },
  )

  routes.delete(
    '/users/:id/sessions/:session',
    {
      config: { access: 'admin', audit: 'user.end-session' },
      schema: {
        summary: 'End one session of somebody',
        tags: ['users'],
        params: SessionParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { id: personId, session } = request.params
      if ((await people.sessions.end({ personId, id: session })) === 0) {
        throw new ProblemError('not-found', 'There is no such session.')
      }
      return reply.code(204).send(null)
    },
  )
}

function addLost(app: FastifyInstance, { people, invites }: UserRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.post(
    '/users/:id/reset-link',
    {
      config: { access: 'admin', audit: 'user.reset-link' },
      schema: {
        summary: 'A link by which somebody sets a new password; good once, for a day',
        tags: ['users'],
        params: UserParams,
        response: { 201: InviteMade },
      },
    },
    async (request, reply) => {
      const { id: personId, email, role, hostTags } = await userOf(people, request)
      const byName = request.person?.name ?? ''
      const made = await invites.issue({ email, personId, role, hostTags, byName })
      if (!made) throw tooManyInvites()
      return reply.code(201).send(made)
    },
  )

  routes.delete(
    '/users/:id/second-factor',
    {
      config: { access: 'admin', audit: 'user.reset-second-factor' },
      schema: {
        summary: 'Take away the second factor of somebody who has lost it',
        tags: ['users'],
        params: UserParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const user = await userOf(people, request)
      if (!(await people.endSecondFactor(user.id))) throw new ProblemError('second-factor-off')
      return reply.code(204).send(null)
    },
  )
}

/** The person of the path; the audit log names them by their address, which outlives their id. */
async function userOf(
  people: Users,
  request: FastifyRequest<{ Params: { id: string } }>,
): Promise<User> {
  const user = (await people.accounts.list()).find((each) => each.id === request.params.id)
  if (!user) throw new ProblemError('not-found', 'There is no such person.')
  request.auditNote.target ??= user.email
  return user
}

function settle(outcome: AccountOutcome): void {
  switch (outcome) {
    case 'done':
      return
    case 'unknown':
      throw new ProblemError('not-found', 'There is no such person.')
    case 'last-administrator':
      throw new ProblemError('last-administrator', 'Make somebody else an administrator first.')
  }
}
