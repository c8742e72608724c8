// Owns the door for who watches: the WebSocket route /live, for people who are signed in, from pages of this hub, and
// for programs with a token, which come from no page.
import type { IncomingHttpHeaders } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import type {} from '@fastify/websocket'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { LIVE_PROTOCOLS } from '@vigie/shared/protocol/version'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { bearerToken, sightOf, type Holder } from '../http/gate.ts'
import { ProblemError } from '../http/problem.ts'
import type { TaggedHosts } from '../http/sight.ts'
import type { Live } from './live.ts'
import type { OriginCheck, PeopleGate, TokenGate } from './ports.ts'

export interface LivePluginOptions {
  readonly live: Live
  readonly people: PeopleGate
  readonly tokens: TokenGate
  readonly hosts: TaggedHosts
  readonly isOriginAllowed: OriginCheck
  /** Says at once that somebody may see less, or is gone; returns how to end that. */
  readonly onRightsChange?: (listener: () => void) => () => void
  /** How often a session or token is looked at again: one that was ended elsewhere stops watching. */
  readonly checkSessionEveryMs?: number
}

/** Needs @fastify/websocket, which negotiates the subprotocol. */
export const livePlugin: FastifyPluginCallback<LivePluginOptions> = (app, options, done) => {
  const { live, people, tokens, hosts, isOriginAllowed, checkSessionEveryMs = 60_000 } = options
  const { onRightsChange } = options
  const signedIn = new WeakMap<FastifyRequest, Holder>()

  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const { headers, ip } = request
    const token = programsToken(headers)
    if (token === undefined && !isOriginAllowed(headers)) throw new ProblemError('foreign-origin')
    const watcher = await (token === undefined
      ? people.personOf(headers)
      : tokens.holderOf(token, ip))
    if (watcher && !watcher.isSecondFactorDue) signedIn.set(request, watcher)
  }

  const stillThere = ({ headers }: FastifyRequest): Promise<Holder | undefined> => {
    const token = programsToken(headers)
    return token === undefined ? people.personOf(headers) : tokens.find(token)
  }

  const handler = (socket: WebSocket, request: FastifyRequest): void => {
    if (!LIVE_PROTOCOLS.some((protocol) => protocol === socket.protocol)) {
      socket.close(CLOSE.unsupportedVersion.code, CLOSE.unsupportedVersion.name)
      return
    }
    const holder = signedIn.get(request)
    if (!holder) {
      socket.close(CLOSE.signedOut.code, CLOSE.signedOut.name)
      return
    }
    const session = live.open(socket, sightOf(holder, hosts))
    const check = async (): Promise<void> => {
      try {
        const now = await stillThere(request)
        if (!now || now.isSecondFactorDue) session.close('signedOut')
        else if (!seesAlike(holder, now)) session.close('rightsChanged')
      } catch (error) {
        request.log.warn({ err: error }, 'a session could not be checked; trying again later')
      }
    }
    const timer = setInterval(() => void check(), checkSessionEveryMs)
    const endListening = onRightsChange?.(() => void check())
    socket.on('close', () => {
      clearInterval(timer)
      endListening?.()
    })
  }

  app.get('/live', { websocket: true, onRequest, config: { access: 'open' } }, handler)
  done()
}

function seesAlike(a: Holder, b: Holder): boolean {
  return a.role === b.role && isDeepStrictEqual(a.hostTags, b.hostTags)
}

/** The token of a program. A browser always says the Origin of its page, and is asked for a person's session. */
function programsToken(headers: IncomingHttpHeaders): string | undefined {
  return headers.origin === undefined ? bearerToken(headers) : undefined
}
