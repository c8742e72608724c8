// Owns the decision who sends a request: a person by the session's cookie, or a program by its token.
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { HostGuard } from './host-guard.ts'
import { ProblemError } from './problem.ts'
import { createSight, FULL_SIGHT, type Sight, type TaggedHosts } from './sight.ts'
import type { TokenGate } from './token-gate.ts'

export interface Holder {
  readonly id: string
  /** A person's, or what a token is for: what is done is done in this name. */
  readonly name: string
  readonly role: 'admin' | 'viewer'
  /** Of the hosts that a viewer may see, each bears one of them; null: every host. Administrators see every host. */
  readonly hostTags: readonly string[] | null
  /** A person who is to set up a second factor before anything else. */
  readonly isSecondFactorDue?: boolean
}

export interface GateOptions {
  readonly guard: HostGuard
  readonly people: { personOf(headers: IncomingHttpHeaders): Promise<Holder | undefined> }
  readonly tokens: Pick<TokenGate, 'holderOf'>
  readonly hosts: TaggedHosts
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

export interface Passed {
  /** Null on open routes, where nobody was asked. */
  readonly person: Holder | null
  readonly sight: Sight
}

/** Lets a request pass, with who sends it, or throws the problem that refuses it. */
export type Gate = (request: FastifyRequest) => Promise<Passed>

/** On an open route nobody is known, and nothing of a host is told by who asks. */
export const NOBODY: Passed = { person: null, sight: createSight([], noHosts()) }

export function createGate({ guard, people, tokens, hosts }: GateOptions): Gate {
  const holderOfToken = async (token: string, address: string): Promise<Holder> => {
    const holder = await tokens.holderOf(token, address)
    if (holder) return holder
    throw new ProblemError(
      'signed-out',
      'The token is not known: make one with `vigie token create` on the hub’s machine.',
    )
  }

  return async (request) => {
    const isChange = !SAFE_METHODS.includes(request.method)
    const access = request.routeOptions.config.access ?? 'open'
    const token = access === 'open' ? undefined : bearerToken(request.headers)
    // A page of another site can make a browser send cookies, but no token: it does not know one.
    if (token === undefined && isChange && !guard.originAllowed(request.headers)) {
      throw new ProblemError('foreign-origin')
    }
    if (access === 'open') return NOBODY
    const holder =
      token === undefined
        ? await people.personOf(request.headers)
        : await holderOfToken(token, request.ip)
    if (!holder) throw new ProblemError('signed-out')
    // Whoever is refused is known by then, and the audit log says who it was.
    request.person = holder
    if (holder.isSecondFactorDue && !request.routeOptions.config.setsUpSecondFactor) {
      throw new ProblemError(
        'second-factor-due',
        'The administrators of this hub want one: set it up on the page, or sign in another way.',
      )
    }
    const isWriting = isChange && !request.routeOptions.config.isReading
    const isAdminNeeded = access === 'admin' || (token !== undefined && isWriting)
    if (isAdminNeeded && holder.role !== 'admin') {
      throw new ProblemError('not-allowed', 'An administrator can do this.')
    }
    const sight = sightOf(holder, hosts)
    look(request, sight)
    return { person: holder, sight }
  }
}

/** What somebody sees, at every door alike. */
export function sightOf({ role, hostTags }: Holder, hosts: TaggedHosts): Sight {
  return role === 'admin' ? FULL_SIGHT : createSight(hostTags, hosts)
}

/** Throws when the route is about what is out of sight. */
function look({ routeOptions: { config }, params }: FastifyRequest, sight: Sight): void {
  if (sight === FULL_SIGHT) return
  if (config.hosts === 'fleet') {
    throw new ProblemError('not-allowed', 'It is about the whole fleet, of which you see a part.')
  }
  if (config.hosts !== 'one') return
  const id = Number((params as { id?: string }).id)
  // As though there were none: that there is one is a thing to know, too.
  if (!sight.sees(id)) throw new ProblemError('not-found', `There is no host ${id}.`)
}

function noHosts(): TaggedHosts {
  return { alertHosts: () => [], alertHost: () => undefined }
}

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1). */
export function bearerToken({ authorization }: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}
