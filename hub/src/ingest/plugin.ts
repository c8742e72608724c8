// Owns the door for agents: the WebSocket route /agent.
import type {} from '@fastify/websocket'
import { AGENT_PROTOCOLS } from '@vigie/shared/protocol/version'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import type { AgentConnections } from './agent-connections.ts'

/** Needs @fastify/websocket, which negotiates the subprotocol. */
export const ingestPlugin: FastifyPluginCallback<{ connections: AgentConnections }> = (
  app,
  { connections },
  done,
) => {
  const handler = (socket: WebSocket, request: FastifyRequest): void => {
    const isVersionKnown = AGENT_PROTOCOLS.some((protocol) => protocol === socket.protocol)
    connections.open(socket, request.ip, isVersionKnown)
  }
  app.get('/agent', { websocket: true, config: { access: 'open' } }, handler)
  done()
}
