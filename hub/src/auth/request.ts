// Owns what the routes of people read of a request, and how they set cookies and ask for patience.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError } from '../http/problem.ts'
import type { Origin } from './origin.ts'
import type { Arrival, SignedIn } from './sign-in.ts'

export function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, userAgent: request.headers['user-agent'] }
}

export function arrivalOf(request: FastifyRequest): Arrival {
  return { origin: originOf(request), headers: request.headers }
}

export function setCookies(reply: FastifyReply, signedIn: SignedIn | undefined): void {
  // Who is signed in is nobody else's to keep.
  reply.header('cache-control', 'no-store')
  for (const cookie of signedIn?.cookies ?? []) reply.header('set-cookie', cookie)
}

export function waitProblem(reply: FastifyReply, waitMs: number): ProblemError {
  const seconds = Math.ceil(waitMs / 1000)
  reply.header('retry-after', seconds)
  return new ProblemError('too-many-requests', `Try again in ${seconds} s.`)
}
