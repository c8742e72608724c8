// Owns the routes by which people come and go: session, sign-in, sign-out and the claim of one-time links.
import { Credentials, SessionState, SignInLinkClaim } from '@vigie/shared/api/session'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { Origin, People, SignedIn } from './people.ts'

// By address: what a person mistypes, far from what guessing takes.
const TRIES = { rateLimit: { max: 10, timeWindow: '1 minute' } }
const nothing = Type.Null({ description: 'Done' })

export const authPlugin: FastifyPluginCallback<{ people: People }> = (app, { people }, done) => {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/api/v1/session',
    {
      config: { access: 'open' },
      schema: { summary: 'Who is signed in', tags: ['session'], response: { 200: SessionState } },
    },
    async (request, reply) => {
      const session = await people.session(request.headers)
      const setupNeeded = session === undefined && (await people.isSetupNeeded())
      setCookies(reply, session)
      return { person: session?.person ?? null, setupNeeded }
    },
  )

  routes.post(
    '/api/auth/sign-in/email',
    {
      config: { access: 'open', ...TRIES },
      schema: {
        summary: 'Sign in with e-mail and password; the answer sets the session cookie',
        tags: ['session'],
        body: Credentials,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const signedIn = await people.signIn(request.body, originOf(request))
      if (!signedIn) throw new ProblemError('wrong-credentials')
      setCookies(reply, signedIn)
      return reply.code(204).send(null)
    },
  )

  addSignOut(app, people)
  addClaim(app, people)
  done()
}

function addSignOut(app: FastifyInstance, people: People): void {
  // A signed-out person may sign out: the end is the same.
  app.post(
    '/api/auth/sign-out',
    {
      config: { access: 'open' },
      schema: { summary: 'End the session', tags: ['session'], response: { 204: nothing } },
    },
    async (request, reply) => {
      setCookies(reply, await people.signOut(request.headers))
      return reply.code(204).send(null)
    },
  )
}

function addClaim(app: FastifyInstance, people: People): void {
  app.withTypeProvider<TypeBoxTypeProvider>().post(
    '/api/v1/sign-in-links/claim',
    {
      config: { access: 'open', ...TRIES },
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

function setCookies(reply: FastifyReply, signedIn: SignedIn | undefined): void {
  // Who is signed in is nobody else's to keep.
  reply.header('cache-control', 'no-store')
  for (const cookie of signedIn?.cookies ?? []) reply.header('set-cookie', cookie)
}

function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, userAgent: request.headers['user-agent'] }
}
