// Owns invites over HTTP, as administrators make and end them.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { InviteDraft, InviteList, InviteMade } from '@vigie/shared/api/invite'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { InviteDesk, Users } from './access-ports.ts'

export interface InviteRouteOptions {
  readonly people: Users
  readonly invites: InviteDesk
}

const InviteParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) })
const MAILS = { rateLimit: { max: 30, timeWindow: '1 hour' } }

export function addInviteRoutes(app: FastifyInstance, options: InviteRouteOptions): void {
  const { people, invites } = options
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/invites',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Links that are open: invites and new passwords',
        tags: ['users'],
        response: { 200: InviteList },
      },
    },
    async () => ({ items: await invites.list() }),
  )

  routes.post(
    '/invites',
    {
      config: {
        access: 'admin',
        audit: 'invite.create',
        auditShows: ['email', 'role', 'hostTags'],
        ...MAILS,
      },
      schema: {
        summary: 'Invite somebody by a link, which is mailed, or shown once where no mail is set',
        tags: ['users'],
        body: InviteDraft,
        response: { 201: InviteMade },
      },
    },
    async (request, reply) => {
      const { hostTags = null, role, language } = request.body
      const email = request.body.email.toLowerCase()
      request.auditNote.target = email
      if (await people.accounts.findByEmail(email)) throw personKnown(email)
      const byName = request.person?.name ?? ''
      const made = await invites.issue({ email, role, hostTags, byName, language })
      if (!made) throw tooManyInvites()
      return reply.code(201).send(made)
    },
  )

  routes.delete(
    '/invites/:id',
    {
      config: { access: 'admin', audit: 'invite.end' },
      schema: {
        summary: 'End an open link at once',
        tags: ['users'],
        params: InviteParams,
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (request, reply) => {
      if (!(await invites.end(request.params.id))) {
        throw new ProblemError('not-found', 'There is no such link.')
      }
      return reply.code(204).send(null)
    },
  )
}

function personKnown(email: string): ProblemError {
  return new ProblemError(
    'person-known',
    `${email} has an account already: change its role, or make a link for a new password.`,
  )
}

export function tooManyInvites(): ProblemError {
  return new ProblemError('limit-reached', 'There are 200 open links: end some first.')
}
