// Owns how sockets are upgraded, for agents and browsers alike: versions, limits, and no compression.
import websocket, { type WebsocketPluginOptions } from '@fastify/websocket'
import { MAX_AGENT_FRAME_BYTES } from '@vigie/shared/protocol/limits'
import { AGENT_PROTOCOLS, LIVE_PROTOCOLS, negotiate } from '@vigie/shared/protocol/version'
import fastifyPlugin from 'fastify-plugin'

/** How long the other side has to answer a close before its socket is destroyed. */
const CLOSE_TIMEOUT_MS = 2000

// `closeTimeout` is an option of ws that its published types do not have yet.
const options: WebsocketPluginOptions['options'] & { closeTimeout: number } = {
  maxPayload: MAX_AGENT_FRAME_BYTES,
  perMessageDeflate: false,
  clientTracking: false,
  closeTimeout: CLOSE_TIMEOUT_MS,
  // Without one in common the upgrade goes on and the route closes with unsupportedVersion (rule F5).
  handleProtocols: (offered: Set<string>) =>
    negotiate(offered, [...AGENT_PROTOCOLS, ...LIVE_PROTOCOLS]) ?? false,
}

/** Register it before the routes that take sockets, and close those sockets before the server. */
export const webSockets = fastifyPlugin(async (server) => {
  await server.register(websocket, {
    options,
    errorHandler(error, socket, request) {
      // `ws` closes a socket for what is wrong with a frame by itself, with the code that says so.
      if ('code' in error && String(error.code).startsWith('WS_ERR_')) return
      request.log.error({ err: error }, 'a socket failed')
      socket.terminate()
    },
    // Whoever opened the sockets has closed them by now, each with its reason. From here on an upgrade is a request
    // like any other, answered with 503: Fastify answers it before any hook, and so nobody would end its socket.
    preClose(done) {
      server.server.removeAllListeners('upgrade')
      done()
    },
  })
})
