// Owns the two addresses of OpenID Connect that browsers go through: there, and back.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { cookieFlags, cookiePrefix, ownCookies } from './cookies.ts'
import type { OidcRefusal, OidcSignIn } from './oidc-sign-in.ts'
import { ownPage } from './own-page.ts'
import type { People } from './people.ts'
import { originOf, setCookies } from './request.ts'

const TRIES = { rateLimit: { max: 20, timeWindow: '1 minute' } }
const PATH = '/api/auth/oidc'

export interface OidcRouteOptions {
  readonly oidc: OidcSignIn
  readonly people: Pick<People, 'actorOf'>
  /** Where the hub lives behind a proxy, such as `/vigie`; '' is the root. */
  readonly basePath: string
  /** Whether browsers come over TLS, so that the cookie may demand it. */
  readonly isSecure: boolean
}

export function addOidcRoutes(
  app: FastifyInstance,
  { oidc, people, basePath, isSecure }: OidcRouteOptions,
): void {
  const terms = { cookiePath: basePath || '/', isSecure }
  const name = `${cookiePrefix(terms)}vigie.oidc`
  const flags = cookieFlags(terms)

  const home = `${basePath}/`
  const toSignIn = (reply: FastifyReply, why: OidcRefusal, to: string): FastifyReply => {
    const search = new URLSearchParams({ oidc: why, ...(to !== home && { to }) })
    return reply
      .header('cache-control', 'no-store')
      .redirect(`${basePath}/sign-in?${search.toString()}`)
  }

  app.withTypeProvider<TypeBoxTypeProvider>().get(
    `${PATH}/start`,
    {
      config: { access: 'open', ...TRIES },
      schema: {
        summary: 'Lead the browser to the OpenID Connect provider',
        tags: ['session'],
        querystring: Type.Object({
          to: Type.Optional(
            Type.String({ description: 'The page of this hub that it is led back to' }),
          ),
        }),
      },
    },
    async (request, reply) => {
      const to = ownPage(request.query.to, basePath)
      const begun = await oidc.begin(to)
      if (!begun) return toSignIn(reply, 'unavailable', to)
      const cookie = `${name}=${begun.id}; Max-Age=${begun.lifeMs / 1000}; ${flags}`
      return reply
        .header('cache-control', 'no-store')
        .header('set-cookie', cookie)
        .redirect(begun.url)
    },
  )

  app.get(
    `${PATH}/callback`,
    {
      config: { access: 'open', audit: 'sign-in.oidc', ...TRIES },
      schema: { summary: 'Where the provider leads the browser back to', tags: ['session'] },
    },
    async (request, reply) => {
      const id = ownCookies(request.headers).get(name)
      const [, search = ''] = request.url.split('?')
      const outcome = await oidc.finish({ id, search }, originOf(request))
      reply.header('set-cookie', `${name}=; Max-Age=0; ${flags}`)
      if (outcome.outcome === 'refused') {
        request.auditNote.actor = { kind: 'nobody', id: null, name: outcome.name }
        request.auditNote.refusal = outcome.why
        return toSignIn(reply, outcome.why, outcome.to ?? home)
      }
      request.auditNote.actor = await people.actorOf(outcome.personId, true)
      setCookies(reply, outcome)
      return reply.redirect(outcome.to)
    },
  )
}
