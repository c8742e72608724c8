// Owns the door of status pages: anybody reads them, without signing in, and learns nothing of a page that is not shared.
import { createHash } from 'node:crypto'
import { LOCALES, type Locale } from '@vigie/shared/format/locale'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { CONTENT_POLICY } from './page-style.ts'
import { renderFailed, renderMissing, type Form } from './render-page.ts'
import type { StatusPages } from './status-pages.ts'

export interface StatusPagePluginOptions {
  readonly pages: Pick<StatusPages, 'read'>
  /** The language that a request asks for. */
  readonly localeOf: (request: Pick<FastifyRequest, 'headers'>) => Locale
}

/** By address; a page reads itself anew once a minute. */
const PER_MINUTE = { rateLimit: { max: 120, timeWindow: '1 minute' } }
const HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
  vary: 'Accept-Language',
}

/** In the header, as it is no matter of what the page says. */
const RENEWED_EVERY_S = 60

interface Answer {
  readonly status: number
  readonly caching: string
  readonly page: string
}

export const statusPagePlugin: FastifyPluginCallback<StatusPagePluginOptions> = (
  app,
  { pages, localeOf },
  done,
) => {
  const missing = new Map(LOCALES.map((locale) => [locale, renderMissing(locale)]))
  const answerOf = async (slug: string, form: Form): Promise<Answer> => {
    const nothing = { status: 404, caching: 'no-store', page: missing.get(form.locale) ?? '' }
    try {
      const page = await pages.read(slug, form)
      return page === undefined ? nothing : { status: 200, caching: 'public, max-age=15', page }
    } catch (error) {
      app.log.error({ err: error }, 'a status page could not be made')
      return { status: 503, caching: 'no-store', page: renderFailed(form.locale) }
    }
  }

  app.get<{ Params: { slug: string }; Querystring: { still?: unknown } }>(
    '/status/:slug',
    { config: { access: 'open', ...PER_MINUTE } },
    async (request, reply) => {
      const locale = localeOf(request)
      const isStill = request.query.still !== undefined
      const answer = await answerOf(request.params.slug, { locale, isStill })
      reply.headers(HEADERS).header('content-language', locale)
      if (answer.status !== 404 && !isStill) reply.header('refresh', RENEWED_EVERY_S)
      return send(reply, answer, request.headers['if-none-match'])
    },
  )
  done()
}

function send(reply: FastifyReply, answer: Answer, known: string | undefined): FastifyReply {
  reply.code(answer.status).header('cache-control', answer.caching)
  if (answer.status === 200) {
    const etag = `"${createHash('sha256').update(answer.page).digest('base64url')}"`
    reply.header('etag', etag)
    if (isKnown(etag, known)) return reply.code(304).send()
  }
  return reply.type('text/html; charset=utf-8').send(answer.page)
}

/** RFC 9110, section 13.1.2: the comparison is weak. */
function isKnown(etag: string, known = ''): boolean {
  return known.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}
