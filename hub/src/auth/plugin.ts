// Owns the routes by which people come and go: session, sign-in and its second step, sign-out, links that are good once.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { InviteAcceptance, InviteInspection, InviteView } from '@vigie/shared/api/invite'
import {
  Credentials,
  type Person,
  SecondFactorCode,
  SecondFactorNeeded,
  SessionState,
  SignInLinkClaim,
} from '@vigie/shared/api/session'
import type { FastifyInstance, FastifyPluginCallback, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import { addOidcRoutes } from './oidc-routes.ts'
import type { OidcSignIn } from './oidc-sign-in.ts'
import type { People, SignedInPerson } from './people.ts'
import { arrivalOf, originOf, setCookies, waitProblem } from './request.ts'

export interface AuthPluginOptions {
  readonly people: People
  /** Undefined where no provider is set. */
  readonly oidc: OidcSignIn | undefined
  /** Where the hub lives behind a proxy, such as `/vigie`; '' is the root. */
  readonly basePath: string
  /** Whether browsers come over TLS. */
  readonly isSecure: boolean
}

// By address: what a person mistypes, far from what guessing takes.
const TRIES = { rateLimit: { max: 10, timeWindow: '1 minute' } }
const nothing = Type.Null({ description: 'Done' })

export const authPlugin: FastifyPluginCallback<AuthPluginOptions> = (app, options, done) => {
  addSession(app, options)
  addSignIn(app, options.people)
  addSignOut(app, options.people)
  addClaim(app, options.people)
  addInvites(app, options.people)
  const { oidc, people, basePath, isSecure } = options
  if (oidc) addOidcRoutes(app, { oidc, people, basePath, isSecure })
  done()
}

function addSession(app: FastifyInstance, { people, oidc }: AuthPluginOptions): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/api/v1/session',
    {
      config: { access: 'open' },
      schema: { summary: 'Who is signed in', tags: ['session'], response: { 200: SessionState } },
    },
    async (request, reply) => {
      const session = await people.session(request.headers)
      const setupNeeded = session === undefined && (await people.isSetupNeeded())
      setCookies(reply, session)
      return {
        person: session ? toldOf(session.person) : null,
        isSecondFactorDue: session?.person.isSecondFactorDue ?? false,
        setupNeeded,
        oidc: oidc ? { label: oidc.label } : null,
      }
    },
  )
}

function toldOf({ id, email, name, role, hostTags }: SignedInPerson): Person {
  return { id, email, name, role, hostTags }
}

function addSignIn(app: FastifyInstance, people: People): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.post(
    '/api/auth/sign-in/email',
    {
      config: { access: 'open', audit: 'sign-in', ...TRIES },
      schema: {
        summary: 'Sign in with e-mail and password; the answer sets the session cookie',
        description: '202: the password is right, and a code of the second factor is needed.',
        tags: ['session'],
        body: Credentials,
        response: { 202: SecondFactorNeeded, 204: nothing },
      },
    },
    async (request, reply) => {
      const { email } = request.body
      request.auditNote.actor = { kind: 'nobody', id: null, name: email }
      return answerSignIn(reply, {
        email,
        outcome: await people.signIn(request.body, arrivalOf(request)),
      })
    },
  )

  routes.post(
    '/api/auth/sign-in/second-factor',
    {
      config: { access: 'open', audit: 'sign-in.second-factor', ...TRIES },
      schema: {
        summary: 'The second step of a sign-in: a code of the app, or a recovery code',
        tags: ['session'],
        body: SecondFactorCode,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const step = await people.secondStep(request.body.code, arrivalOf(request))
      if ('personId' in step) {
        request.auditNote.actor = await people.actorOf(step.personId, step.outcome === 'signed-in')
      }
      switch (step.outcome) {
        case 'signed-in':
          setCookies(reply, step)
          return reply.code(204).send(null)
        case 'wrong-code':
          setCookies(reply, step)
          throw new ProblemError('wrong-code', 'Wait for the next code, or use a recovery code.')
        case 'no-first-step':
          throw new ProblemError('signed-out', 'Sign in with e-mail and password again.')
        case 'wait':
          throw waitProblem(reply, step.waitMs)
      }
    },
  )

  async function answerSignIn(
    reply: FastifyReply,
    { email, outcome }: { email: string; outcome: Awaited<ReturnType<People['signIn']>> },
  ): Promise<FastifyReply> {
    switch (outcome.outcome) {
      case 'signed-in':
        reply.request.auditNote.actor = await people.actorOf(outcome.personId, true)
        setCookies(reply, outcome)
        return reply.code(204).send(null)
      case 'second-factor':
        reply.request.auditNote.actor = { kind: 'nobody', id: null, name: email }
        reply.request.auditNote.detail = 'the second factor is asked for'
        setCookies(reply, outcome)
        return reply.code(202).send({ secondFactor: 'totp' })
      case 'refused':
        throw new ProblemError('wrong-credentials')
      case 'wait':
        throw waitProblem(reply, outcome.waitMs)
    }
  }

  routes.post(
    '/api/v1/invites/accept',
    {
      config: { access: 'open', audit: 'invite.accept', ...TRIES },
      schema: {
        summary: 'Make the account that a link invites to, or set the password, and sign in',
        description: '202: the password is set, and a code of the second factor is needed.',
        tags: ['session'],
        body: InviteAcceptance,
        response: { 202: SecondFactorNeeded, 204: nothing },
      },
    },
    async (request, reply) => {
      const invite = await people.invites.find(request.body.token)
      const outcome = await people.accept(request.body, originOf(request))
      if (!invite || outcome.outcome === 'link-refused') throw inviteRefused()
      request.auditNote.target = invite.email
      return answerSignIn(reply, { email: invite.email, outcome })
    },
  )
}

function addInvites(app: FastifyInstance, people: People): void {
  app.withTypeProvider<TypeBoxTypeProvider>().post(
    '/api/v1/invites/inspect',
    {
      config: { access: 'open', isReading: true, ...TRIES },
      schema: {
        summary: 'What a link of an invite or a reset is for; does nothing',
        tags: ['session'],
        body: InviteInspection,
        response: { 200: InviteView },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const invite = await people.invites.find(request.body.token)
      if (!invite) throw inviteRefused()
      const { kind, email, role, expiresMs } = invite
      const person = kind === 'reset' ? await people.accounts.findByEmail(email) : undefined
      return { kind, email, role, expiresMs, name: person?.name ?? null }
    },
  )
}

function inviteRefused(): ProblemError {
  return new ProblemError(
    'link-refused',
    'A link is good once and for a limited time: ask an administrator for a new one.',
  )
}

function addSignOut(app: FastifyInstance, people: People): void {
  // A signed-out person may sign out: the end is the same.
  app.post(
    '/api/auth/sign-out',
    {
      config: { access: 'open', audit: 'sign-out' },
      schema: { summary: 'End the session', tags: ['session'], response: { 204: nothing } },
    },
    async (request, reply) => {
      const person = await people.personOf(request.headers)
      if (person) request.auditNote.actor = { kind: 'person', id: person.id, name: person.name }
      setCookies(reply, await people.signOut(request.headers))
      people.tellRights()
      return reply.code(204).send(null)
    },
  )
}

function addClaim(app: FastifyInstance, people: People): void {
  app.withTypeProvider<TypeBoxTypeProvider>().post(
    '/api/v1/sign-in-links/claim',
    {
      config: { access: 'open', audit: 'sign-in.link', ...TRIES },
      schema: {
        summary: 'Sign in with the one-time link that the hub prints',
        tags: ['session'],
        body: SignInLinkClaim,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const claimed = await people.claim(request.body, originOf(request))
      switch (claimed.outcome) {
        case 'signed-in':
          request.auditNote.actor = await people.actorOf(claimed.personId, true)
          setCookies(reply, claimed)
          return reply.code(204).send(null)
        case 'link-refused':
          throw new ProblemError(
            'link-refused',
            'A sign-in link is good once and for an hour; start the hub again to get a new one.',
          )
        case 'credentials-needed':
          throw new ProblemError('credentials-needed', 'Send e-mail and password with the token.')
        case 'already-set-up':
          throw new ProblemError(
            'already-set-up',
            'Claim the link without e-mail and password to sign in as the administrator.',
          )
      }
    },
  )
}
