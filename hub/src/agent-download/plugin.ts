// Owns the routes by which a new machine fetches its agent. They are open, because that machine has no session yet, and hold
// no secret: whoever fetches an agent has no token to join with.
import { createReadStream } from 'node:fs'
import type { FastifyPluginCallback } from 'fastify'
import { answerNotFound } from '../http/plugin.ts'
import { ProblemError } from '../http/problem.ts'
import type { AgentDownloads } from './agent-downloads.ts'

const PER_MINUTE = { rateLimit: { max: 60, timeWindow: '1 minute' } }
/** Each holds a file open for as long as the other end takes. */
const MOST_AT_ONCE = 32

export const agentDownloadPlugin: FastifyPluginCallback<{ downloads: AgentDownloads }> = (
  app,
  { downloads },
  done,
) => {
  let underWay = 0

  app.get<{ Params: { name: string } }>(
    '/agent/:name',
    { config: { access: 'open', ...PER_MINUTE }, exposeHeadRoute: false, schema: { hide: true } },
    async (request, reply) => {
      const found = await downloads.find(request.params.name)
      if (!found) return answerNotFound(request, reply)
      reply.header('cache-control', 'no-cache')
      if ('text' in found) return reply.type('text/plain; charset=utf-8').send(found.text)
      if (underWay >= MOST_AT_ONCE) {
        throw new ProblemError(
          'unavailable',
          `${MOST_AT_ONCE} machines fetch their agent just now; try again.`,
        )
      }
      underWay++
      reply.raw.once('close', () => underWay--)
      reply.type('application/gzip').header('content-length', found.file.sizeBytes)
      return reply.send(createReadStream(found.file.path))
    },
  )
  done()
}
