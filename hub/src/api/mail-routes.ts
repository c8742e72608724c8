// Owns the ledger of mails over HTTP: what was written to whom, how each attempt went, and the mail as it was seen.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { MailDetail, MailPage, MailState } from '@vigie/shared/api/mail'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { MailDesk, MailLedger } from './mail-ports.ts'
import { after, beforeIdOf, DEFAULT_ITEMS, limit, pageOf } from './page-query.ts'

export interface MailRouteOptions {
  readonly ledger: MailLedger
  readonly mailDesk: MailDesk
}

const MailParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: "The mail's id" }),
})

const MailQuerystring = Type.Object(
  {
    state: Type.Optional(MailState),
    advisory: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Only mails that told this security advisory, by its reference',
      }),
    ),
    after,
    limit,
  },
  { additionalProperties: false },
)

// It was written for the programs of recipients: here it runs nothing and asks nobody for anything.
const CONTENT_POLICY =
  "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"

export function addMailRoutes(app: FastifyInstance, { ledger, mailDesk }: MailRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/mails',
    {
      config: { access: 'viewer', hosts: 'fleet' },
      schema: {
        summary: 'The ledger: every mail that was written, newest first, and how it fared',
        tags: ['mails'],
        querystring: MailQuerystring,
        response: { 200: MailPage },
      },
    },
    async (request) => {
      const { state, advisory, after: cursor, limit: size = DEFAULT_ITEMS } = request.query
      const found = await ledger.page({
        ...(state !== undefined && { state }),
        ...(advisory !== undefined && { advisory }),
        ...beforeIdOf(cursor),
        limit: size + 1,
      })
      return pageOf(found, size, ({ id }) => String(id))
    },
  )

  routes.get(
    '/mails/:id',
    {
      config: { access: 'viewer', hosts: 'fleet' },
      schema: {
        summary: 'One mail: its text, and every attempt with the words of the relay',
        tags: ['mails'],
        params: MailParams,
        response: { 200: MailDetail },
      },
    },
    async (request) => {
      const mail = await ledger.get(request.params.id)
      if (!mail) throw new ProblemError('not-found', `There is no mail ${request.params.id}.`)
      return { ...mail, text: mail.text && withoutGrants(mail.text) }
    },
  )

  addHtml(app, ledger)

  routes.post(
    '/mails/retry',
    {
      config: { access: 'admin', audit: 'mail.retry' },
      schema: {
        summary: 'Try everything that waits now',
        tags: ['mails'],
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (_, reply) => {
      await mailDesk.retry()
      return reply.code(204).send(null)
    },
  )
}

function addHtml(app: FastifyInstance, ledger: MailLedger): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/mails/:id/html',
    {
      config: { access: 'viewer', hosts: 'fleet' },
      schema: {
        summary: 'A mail as its recipient sees it, its pictures within',
        tags: ['mails'],
        produces: ['text/html'],
        params: MailParams,
        response: { 200: Type.String({ description: 'HTML' }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const html = await ledger.html(id)
      if (html === null) {
        throw new ProblemError(
          'not-found',
          `Of mail ${id} there is no HTML: it had none, or it is not kept any more.`,
        )
      }
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', CONTENT_POLICY)
        .send(withImages(withoutGrants(html), await ledger.images(id)))
    },
  )
}

/** Who reads a mail here may only look, and the tokens of its buttons do things in the name of its recipient. */
function withoutGrants(words: string): string {
  return words.replace(/(\/act#)[\w-]+/g, '$1…')
}

/** A mail names its pictures by Content-ID (RFC 2392), which no page can look up. */
function withImages(html: string, images: Awaited<ReturnType<MailLedger['images']>>): string {
  const urls = new Map(
    images.map(({ name, png }) => [
      name,
      `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
    ]),
  )
  return html.replace(/cid:([\w.@-]+)/g, (written, name: string) => urls.get(name) ?? written)
}
