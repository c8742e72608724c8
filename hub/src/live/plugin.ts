// Owns the door for who watches: the WebSocket route /live, for people who are signed in, from pages of this hub, and
// for programs with a token, which come from no page.
import type { IncomingHttpHeaders } from 'node:http'
import type {} from '@fastify/websocket'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { LIVE_PROTOCOLS } from '@vigie/shared/protocol/version'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { bearerToken } from '../http/gate.ts'
import { ProblemError } from '../http/problem.ts'
import type { Live } from './live.ts'
import type { OriginCheck, PeopleGate, TokenGate } from './ports.ts'

export interface LivePluginOptions {
  readonly live: Live
  readonly people: PeopleGate
  readonly tokens: TokenGate
  readonly isOriginAllowed: OriginCheck
  /** How often a session or token is looked at again: one that was ended elsewhere stops watching. */
  readonly checkSessionEveryMs?: number
}

/** Needs @fastify/websocket, which negotiates the subprotocol. */
export const livePlugin: FastifyPluginCallback<LivePluginOptions> = (app, options, done) => {
  const { live, people, tokens, isOriginAllowed, checkSessionEveryMs = 60_000 } = options
  const signedIn = new WeakSet<FastifyRequest>()

  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const { headers, ip } = request
    const token = programsToken(headers)
    if (token === undefined && !isOriginAllowed(headers)) throw new ProblemError('foreign-origin')
    const watcher = await (token === undefined
      ? people.personOf(headers)
      : tokens.holderOf(token, ip))
    if (watcher) signedIn.add(request)
  }

  const isStillWelcome = async ({ headers }: FastifyRequest): Promise<boolean> => {
    const token = programsToken(headers)
    const watcher = await (token === undefined ? people.personOf(headers) : tokens.find(token))
    return watcher !== undefined
  }

  const handler = (socket: WebSocket, request: FastifyRequest): void => {
    if (!LIVE_PROTOCOLS.some((protocol) => protocol === socket.protocol)) {
      socket.close(CLOSE.unsupportedVersion.code, CLOSE.unsupportedVersion.name)
      return
    }
    if (!signedIn.has(request)) {
      socket.close(CLOSE.signedOut.code, CLOSE.signedOut.name)
      return
    }
    const session = live.open(socket)
    const check = async (): Promise<void> => {
      try {
        if (!(await isStillWelcome(request))) session.close('signedOut')
      } catch (error) {
        request.log.warn({ err: error }, 'a session could not be checked; trying again later')
      }
    }
    const timer = setInterval(() => void check(), checkSessionEveryMs)
    socket.on('close', () => clearInterval(timer))
  }

  app.get('/live', { websocket: true, onRequest, config: { access: 'open' } }, handler)
  done()
}

/** The token of a program. A browser always says the Origin of its page, and is asked for a person's session. */
function programsToken(headers: IncomingHttpHeaders): string | undefined {
  return headers.origin === undefined ? bearerToken(headers) : undefined
}
