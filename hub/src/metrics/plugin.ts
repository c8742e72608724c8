// Owns how the hub tells machines how it is: /healthz for whoever restarts it, /metrics for Prometheus.
import type { FastifyPluginCallback } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { Histogram, type Registry } from 'prom-client'
import { PROBLEM_TYPE, problemDocument } from '../http/problem.ts'

export interface MetricsOptions {
  readonly registry: Registry
  /** Says in a sentence why nothing is written, if so; rejects when the database does not answer. */
  readonly checkHealth: () => Promise<string | undefined>
  /** The kinds of what is wrong besides: nothing that a restart would mend. */
  readonly problemKinds: () => readonly string[]
}

const metrics: FastifyPluginCallback<MetricsOptions> = (app, options, done) => {
  const { registry, checkHealth, problemKinds } = options
  const duration = new Histogram({
    name: 'vigie_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, next) => {
    // A request for nothing has no route, and its path must not become a label.
    const route = request.routeOptions.url ?? 'none'
    const labels = { method: request.method, route, status: reply.statusCode }
    duration.observe(labels, reply.elapsedTime / 1000)
    next()
  })

  app.get('/healthz', { config: { access: 'open' }, logLevel: 'warn' }, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    let fault
    try {
      fault = await checkHealth()
    } catch (error) {
      request.log.error({ err: error }, 'the database does not answer')
      fault = 'The database does not answer.'
    }
    const problems = problemKinds()
    if (fault === undefined) return { status: 'ok', ...(problems.length > 0 && { problems }) }
    const document = problemDocument('unavailable', fault)
    return reply.code(503).type(PROBLEM_TYPE).send(JSON.stringify(document))
  })

  app.get(
    '/metrics',
    {
      config: { access: 'viewer', hosts: 'fleet' },
      logLevel: 'warn',
      schema: { summary: "The hub's own figures, as Prometheus reads them", tags: ['metrics'] },
    },
    async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  )
  done()
}

/** Register it before other routes: it times them. */
export const metricsPlugin = fastifyPlugin(metrics, { name: 'vigie-metrics' })
