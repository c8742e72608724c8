// Owns the API's description: openapi.json, and a page that shows it without any script or request elsewhere.
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { docsPage, DOCS_STYLE } from './docs-page.ts'
import type { OpenApiDocument } from './docs-page.ts'

const styleHash = createHash('sha256').update(DOCS_STYLE).digest('base64')

export function addDocsRoutes(app: FastifyInstance): void {
  app.get('/api/v1/openapi.json', { config: { access: 'open' } }, () => app.swagger())

  app.get('/docs', { config: { access: 'open' } }, (_, reply) =>
    reply
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      )
      .type('text/html; charset=utf-8')
      .send(docsPage(app.swagger() as unknown as OpenApiDocument)),
  )
}
