// Owns status pages over HTTP, for administrators: which there are, new ones, changes, and their end.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import {
  STATUS_PAGE_LIMITS,
  StatusPage,
  StatusPageChange,
  StatusPageDraft,
  StatusPageList,
} from '@vigie/shared/api/status-page'
import type { Locale } from '@vigie/shared/format/locale'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem.ts'
import { refuse } from './refused-draft.ts'
import { localeOf } from './request-locale.ts'

type Page = Omit<StatusPage, 'url'>
type Fault = 'slug-taken' | 'too-many'

export interface StatusPageBook {
  list(): readonly Page[]
  create(draft: StatusPageDraft): Promise<Page | Fault>
  /** Undefined when there is no such page, as of what follows. */
  change(id: number, change: StatusPageChange): Promise<Page | Fault | undefined>
  delete(id: number): Promise<Page | undefined>
}

export interface StatusPageRouteOptions {
  readonly statusPages: StatusPageBook
  /** The address of the hub, for who asks. */
  readonly hubUrlFor: (request: FastifyRequest) => string
  readonly clock: Clock
}

const PageParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})
// Not its address: whoever reads the log is not to read the page by it.
const SHOWN = ['hostTags', 'names', 'isOn', 'endsMs']

export function addStatusPageRoutes(app: FastifyInstance, options: StatusPageRouteOptions): void {
  const { statusPages, hubUrlFor, clock } = options
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  const shown = (request: FastifyRequest, page: Page): StatusPage => ({
    ...page,
    url: `${hubUrlFor(request)}/status/${page.slug}`,
  })

  routes.get(
    '/status-pages',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Status pages, which anybody may read who has their address',
        tags: ['status-pages'],
        response: { 200: StatusPageList },
      },
    },
    (request) => ({ items: statusPages.list().map((page) => shown(request, page)) }),
  )

  routes.post(
    '/status-pages',
    {
      config: { access: 'admin', audit: 'status-page.create', auditShows: SHOWN },
      schema: {
        summary: 'Make a status page; it is off unless it is said to be on',
        tags: ['status-pages'],
        body: StatusPageDraft,
        response: { 201: StatusPage },
      },
    },
    async (request, reply) => {
      const draft = cleaned(request.body)
      refuse(problemsOf(draft, clock.nowMs(), localeOf(request)))
      request.auditNote.target = draft.title
      const made = kept(await statusPages.create(draft), localeOf(request))
      return reply.code(201).send(shown(request, made))
    },
  )

  routes.patch(
    '/status-pages/:id',
    {
      config: { access: 'admin', audit: 'status-page.change', auditShows: SHOWN },
      schema: {
        summary: 'Change a status page, or switch it on or off',
        tags: ['status-pages'],
        params: PageParams,
        body: StatusPageChange,
        response: { 200: StatusPage },
      },
    },
    async (request) => {
      const change = cleaned(request.body)
      refuse(problemsOf(change, clock.nowMs(), localeOf(request)))
      const changed = await statusPages.change(request.params.id, change)
      if (!changed) throw noSuchPage()
      const page = kept(changed, localeOf(request))
      request.auditNote.target = page.title
      return shown(request, page)
    },
  )

  routes.delete(
    '/status-pages/:id',
    {
      config: { access: 'admin', audit: 'status-page.delete' },
      schema: {
        summary: 'Delete a status page',
        tags: ['status-pages'],
        params: PageParams,
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (request, reply) => {
      const page = await statusPages.delete(request.params.id)
      if (!page) throw noSuchPage()
      request.auditNote.target = page.title
      return reply.code(204).send(null)
    },
  )
}

function noSuchPage(): ProblemError {
  return new ProblemError('not-found', 'There is no such status page.')
}

/** What people write of a page is a line of text that hides nothing. */
function cleaned<Draft extends StatusPageChange>(draft: Draft): Draft {
  const { title, text } = draft
  return {
    ...draft,
    ...(title !== undefined && { title: plainLine(title) }),
    ...(text !== undefined && { text: plainLine(text, STATUS_PAGE_LIMITS.maxTextLength) }),
  }
}

const WORDS = {
  en: {
    title: 'Give the page a title that can be read.',
    end: 'A page ends in the future: this one would be over already.',
    taken: 'Another status page has this address: choose another one.',
    tooMany: `There are ${STATUS_PAGE_LIMITS.maxPages} status pages: delete one first.`,
  },
  fr: {
    title: 'Donnez à la page un titre qui se lit.',
    end: 'Une page se termine dans l’avenir\u202f: celle-ci serait déjà terminée.',
    taken: 'Une autre page d’état a cette adresse\u202f: choisissez-en une autre.',
    tooMany: `Il y a ${STATUS_PAGE_LIMITS.maxPages} pages d’état\u202f: supprimez-en une d’abord.`,
  },
} as const

function problemsOf({ title, endsMs }: StatusPageChange, nowMs: number, locale: Locale) {
  const words = WORDS[locale]
  return [
    ...(title === '' ? [{ field: 'title', sentence: words.title }] : []),
    ...(typeof endsMs === 'number' && endsMs <= nowMs
      ? [{ field: 'endsMs', sentence: words.end }]
      : []),
  ]
}

/** The page, or the problem that says why there is none. */
function kept(page: Page | Fault, locale: Locale): Page {
  const words = WORDS[locale]
  if (page === 'too-many') throw new ProblemError('limit-reached', words.tooMany)
  if (page !== 'slug-taken') return page
  const fault = { field: 'body/slug', message: words.taken }
  throw new ProblemError('address-taken', words.taken, [fault])
}
