// Owns the decision who sends a request: a person by the session's cookie, or a program by its token.
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { HostGuard } from './host-guard.ts'
import { ProblemError } from './problem.ts'
import type { TokenGate } from './token-gate.ts'

export interface Holder {
  readonly id: string
  /** A person's, or what a token is for: what is done is done in this name. */
  readonly name: string
  readonly role: 'admin' | 'viewer'
}

export interface GateOptions {
  readonly guard: HostGuard
  readonly people: { personOf(headers: IncomingHttpHeaders): Promise<Holder | undefined> }
  readonly tokens: Pick<TokenGate, 'holderOf'>
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/** Lets a request pass, with who sends it on routes that are not open, or throws the problem that refuses it. */
export type Gate = (request: FastifyRequest) => Promise<Holder | null>

export function createGate({ guard, people, tokens }: GateOptions): Gate {
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
    if (access === 'open') return null
    const holder =
      token === undefined
        ? await people.personOf(request.headers)
        : await holderOfToken(token, request.ip)
    if (!holder) throw new ProblemError('signed-out')
    const isWriting = isChange && !request.routeOptions.config.isReading
    const isAdminNeeded = access === 'admin' || (token !== undefined && isWriting)
    if (isAdminNeeded && holder.role !== 'admin') {
      throw new ProblemError('not-allowed', 'An administrator can do this.')
    }
    return holder
  }
}

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1). */
export function bearerToken({ authorization }: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}
