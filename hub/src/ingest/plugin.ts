// Owns the door for agents: the WebSocket route /agent.
import type {} from '@fastify/websocket'
import { AGENT_PROTOCOLS } from '@vigie/shared/protocol/version'
import type { FastifyPluginCallback } from 'fastify'
import type { AgentConnections } from './agent-connections.ts'

/** Needs @fastify/websocket, which negotiates the subprotocol. */
export const ingestPlugin: FastifyPluginCallback<{ connections: AgentConnections }> = (
  app,
  { connections },
  done,
) => {
  app.get('/agent', { websocket: true, config: { access: 'open' } }, (socket, request) => {
    const isVersionKnown = AGENT_PROTOCOLS.some((protocol) => protocol === socket.protocol)
    connections.open(socket, request.ip, isVersionKnown)
  })
  done()
}
