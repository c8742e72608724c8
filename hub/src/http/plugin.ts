// Owns what holds for every request to the hub: its names, who may do what, how bodies are checked, how errors look.
import rateLimit from '@fastify/rate-limit'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { AuditNote } from './audit-note.ts'
import { keepAddresses } from './forwarded-for.ts'
import type { Gate, Holder } from './gate.ts'
import type { HostGuard } from './host-guard.ts'
import { PROBLEM_TYPE, problemDocument, ProblemError } from './problem.ts'
import type { ProblemCode, ProblemDocument } from './problem.ts'
import type { Sight } from './sight.ts'
import { faultsOf, validatorCompiler } from './validation.ts'

/** Who may use a route: anyone, whoever is signed in or has a token, or administrators among them. */
export type Access = 'open' | 'viewer' | 'admin'

/**
 * Which hosts a viewer's route tells of, so that those who may see some of them learn nothing of the others. `one`: the
 * host that its path names by `:id`. `some`: the route leaves out what is not in `request.sight`. `none`: it tells of no
 * host. `fleet`: of the fleet as a whole, and is refused.
 */
export type Hosts = 'one' | 'some' | 'none' | 'fleet'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Each route declares it; the hub does not start with one that does not. */
    access?: Access
    /** Each route for viewers declares it. */
    hosts?: Hosts
    /** It is asked with POST and changes nothing: a viewer's token may. */
    isReading?: true
    /** For those, too, who may do nothing before they have set up a second factor. */
    setsUpSecondFactor?: true
    /** What a route that changes something is called in the audit log, such as `host.tags`: each declares it. */
    audit?: string
    /** The parts of its body that the log may show. */
    auditShows?: readonly string[]
  }
  interface FastifyInstance {
    /** Every route, with what it declares. */
    readonly routeTable: readonly DeclaredRoute[]
  }
  interface FastifyRequest {
    /** Who sends it; null on open routes, where nobody was asked. */
    person: Holder | null
    /** The hosts that they may see; none on open routes. */
    sight: Sight
    /** What the route tells the audit log. */
    auditNote: AuditNote
  }
}

export interface DeclaredRoute {
  readonly method: string
  /** As it is registered, such as `/api/v1/hosts/:id`. */
  readonly url: string
  readonly access: Access
  readonly hosts: Hosts | undefined
}

export interface HttpOptions {
  readonly guard: HostGuard
  readonly gate: Gate
  /** Whether the hub itself speaks TLS: browsers are told to come by it from then on. */
  readonly isTls?: boolean
}

const CHANGES = ['POST', 'PUT', 'PATCH', 'DELETE']

// For answers that are no pages; those that are say more themselves.
const SAFE_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/** A year, for this name alone (RFC 6797, section 6.1). */
const ONLY_TLS = { 'strict-transport-security': 'max-age=31536000' }

/** Register it first: it sees the routes and requests of what comes after it. */
export const httpPlugin = fastifyPlugin<HttpOptions>(
  async (app, { guard, gate, isTls = false }) => {
    const safeHeaders = { ...SAFE_HEADERS, ...(isTls && ONLY_TLS) }
    app.setValidatorCompiler(validatorCompiler)
    // Nobody sends it but forms of other sites, which may not send JSON.
    app.removeContentTypeParser('text/plain')
    // Answers are typed where they are made; a second pass would only cost time and hide what it does not know.
    app.setSerializerCompiler(() => (data) => JSON.stringify(data))
    app.decorateRequest('person', null)
    app.decorateRequest('sight')
    app.decorateRequest('auditNote')
    app.addHook('onRequest', (request, _reply, next) => {
      keepAddresses(request.raw)
      // There is none any more where the other end has gone.
      const isThere = request.raw.socket.remoteAddress !== undefined
      request.auditNote = { address: isThere ? request.ip : null }
      next()
    })

    const routeTable: DeclaredRoute[] = []
    app.decorate('routeTable', routeTable)
    app.addHook('onRoute', ({ method, url, config }) => {
      if (config?.access === undefined) {
        throw new Error(`${String(method)} ${url} declares no access (config.access)`)
      }
      if (config.access === 'viewer' && config.hosts === undefined) {
        throw new Error(
          `${String(method)} ${url} does not declare of which hosts it tells (config.hosts)`,
        )
      }
      const { access, hosts, audit, isReading } = config
      const isChange = [method].flat().some((each) => CHANGES.includes(each))
      if (isChange && !isReading && audit === undefined) {
        throw new Error(
          `${String(method)} ${url} does not say what the audit log calls it (config.audit)`,
        )
      }
      for (const each of [method].flat()) routeTable.push({ method: each, url, access, hosts })
    })

    app.addHook('onRequest', async (request, reply) => {
      reply.headers(safeHeaders)
      // Node takes the first; a proxy before the hub may have looked at the other (RFC 9112, section 3.2).
      if ((request.raw.headersDistinct.host ?? []).length > 1) {
        throw new ProblemError('invalid-request', 'There is more than one Host header.')
      }
      if (!guard.hostAllowed(request.headers)) {
        throw new ProblemError(
          'misdirected',
          'The hub is asked for by a name that is not its own: set VIGIE_PUBLIC_URL to the address that people use.',
        )
      }
      const { person, sight } = await gate(request)
      // There is no address any more that tries could be counted by.
      if (request.raw.socket.destroyed) {
        throw new ProblemError('invalid-request', 'Whoever asked has gone.')
      }
      request.person = person
      request.sight = sight
    })

    await app.register(rateLimit, {
      global: false,
      errorResponseBuilder: (_, { after }) =>
        new ProblemError('too-many-requests', `Try again in ${after}.`),
    })
    app.setErrorHandler<FastifyError>(answerError)
    app.setNotFoundHandler(answerNotFound)
  },
  { name: 'vigie-http' },
)

/** Sends a problem document. */
export function sendProblem(reply: FastifyReply, document: ProblemDocument): FastifyReply {
  // Text, so that no route's own serializer sees it.
  return reply.code(document.status).type(PROBLEM_TYPE).send(JSON.stringify(document))
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0] ?? ''
  return sendProblem(
    reply,
    problemDocument('not-found', `${request.method} ${path} is not a route.`),
  )
}

/** For Fastify's option `frameworkErrors`: what is wrong before there is a route, such as a path that is not encoded. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.headers(SAFE_HEADERS)
  // No hook runs for such a request, and so none of @fastify/websocket's ends the socket of an upgrade.
  if (request.headers.upgrade) reply.raw.once('finish', () => request.raw.socket.destroySoon())
  void answerError(error, request, reply)
}

function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const document = documentOf(error)
  // Whoever went away is told nothing, and that an answer was given up for it is no failure.
  const isGivenUp = error instanceof ProblemError && reply.raw.destroyed
  if (document.status >= 500 && !isGivenUp) request.log.error({ err: error }, 'a request failed')
  return sendProblem(reply, document)
}

function documentOf(error: FastifyError): ProblemDocument {
  if (error instanceof ProblemError) return error.toDocument()
  if (error.validation) {
    const faults = faultsOf(error.validationContext ?? 'request', error.validation)
    const said = faults.map((fault) => `${fault.field} ${fault.message}`).join('; ')
    return problemDocument('invalid-request', said, faults)
  }
  const status = error.statusCode ?? 500
  const code = codeOf(status)
  // Fastify's own errors below 500 describe the request; anything else is ours and stays in the log.
  return code === undefined
    ? problemDocument(status < 500 ? 'invalid-request' : 'internal')
    : problemDocument(code, status < 500 ? error.message : undefined)
}

function codeOf(status: number): ProblemCode | undefined {
  const byStatus: Readonly<Record<number, ProblemCode>> = {
    400: 'invalid-request',
    404: 'not-found',
    413: 'too-large',
    415: 'unknown-content',
    429: 'too-many-requests',
    503: 'unavailable',
  }
  return byStatus[status]
}
