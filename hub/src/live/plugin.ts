// Owns the door for browsers: the WebSocket route /live, for people who are signed in, from pages of this hub.
import type {} from '@fastify/websocket'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { LIVE_PROTOCOLS } from '@vigie/shared/protocol/version'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { ProblemError } from '../http/problem.ts'
import type { Live } from './live.ts'
import type { OriginCheck, PeopleGate } from './ports.ts'

export interface LivePluginOptions {
  readonly live: Live
  readonly people: PeopleGate
  readonly isOriginAllowed: OriginCheck
  /** How often a session that is open is looked at again: one that was ended elsewhere stops watching. */
  readonly checkSessionEveryMs?: number
}

/** Needs @fastify/websocket, which negotiates the subprotocol. */
export const livePlugin: FastifyPluginCallback<LivePluginOptions> = (app, options, done) => {
  const { live, people, isOriginAllowed, checkSessionEveryMs = 60_000 } = options
  const signedIn = new WeakSet<FastifyRequest>()

  const onRequest = async (request: FastifyRequest): Promise<void> => {
    if (!isOriginAllowed(request.headers)) {
      throw new ProblemError('foreign-origin')
    }
    if (await people.personOf(request.headers)) signedIn.add(request)
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
        if (!(await people.personOf(request.headers))) session.close('signedOut')
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
