// Owns the CERT watch over HTTP: how it stands, that it looks now, and what it saw when it failed.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { CertWatch } from '@vigie/shared/api/cert-watch'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { CertDesk } from './cert-ports.ts'

export interface CertRouteOptions {
  readonly cert: CertDesk
}

const RunParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: "The run's id" }),
})

export function addCertRoutes(app: FastifyInstance, { cert }: CertRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  routes.get(
    '/cert',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'The CERT watch: its sources, its last runs, and what is compared',
        tags: ['advisories'],
        response: { 200: CertWatch },
      },
    },
    (request) => cert.state(request.sight.hostIds()),
  )

  routes.post(
    '/cert/check',
    {
      config: { access: 'admin', audit: 'cert.check' },
      schema: {
        summary: 'Read every source that is on now',
        tags: ['advisories'],
        response: { 202: Type.Null({ description: 'They are being read' }) },
      },
    },
    async (_, reply) => {
      const outcome = cert.check()
      if (outcome === 'running') {
        throw new ProblemError('check-running', 'The sources are being read already.')
      }
      if (outcome === 'off') {
        throw new ProblemError('watch-off', 'No source is on: set VIGIE_CERT_SOURCES.')
      }
      return reply.code(202).send(null)
    },
  )

  addFiles(app, cert)
}

function addFiles(app: FastifyInstance, cert: CertDesk): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  routes.get(
    '/cert/runs/:id/screenshot',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'What a run saw when it failed, as a picture',
        tags: ['advisories'],
        produces: ['image/png'],
        params: RunParams,
        response: { 200: Type.Unsafe<Buffer>(Type.String({ description: 'PNG' })) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const png = await cert.screenshot(id)
      if (!png) throw notKept(id)
      return reply.type('image/png').send(Buffer.from(png))
    },
  )

  routes.get(
    '/cert/runs/:id/page',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'The page that a run saw when it failed, as text to keep: it is not to be opened',
        tags: ['advisories'],
        produces: ['text/plain'],
        params: RunParams,
        response: { 200: Type.String({ description: 'HTML as text' }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const html = await cert.html(id)
      if (html === undefined) throw notKept(id)
      return reply
        .type('text/plain; charset=utf-8')
        .header('content-disposition', `attachment; filename="cert-run-${id}.txt"`)
        .send(html)
    },
  )
}

function notKept(id: number): ProblemError {
  return new ProblemError('not-found', `Of run ${id} there is none, or it is not kept any more.`)
}
