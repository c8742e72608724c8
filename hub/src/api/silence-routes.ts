// Owns silences over HTTP: those that run or are to come, new ones, and their end.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Silence, SilenceDraft, SilenceList } from '@vigie/shared/api/silence'
import type { Locale } from '@vigie/shared/format/locale'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem.ts'
import type { Silences } from './alert-ports.ts'
import { nameOf } from './alert-routes.ts'
import { refuse } from './refused-draft.ts'
import { localeOf } from './request-locale.ts'

export interface SilenceRouteOptions {
  readonly silences: Silences
  readonly clock: Clock
}

const SilenceParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})

export function addSilenceRoutes(app: FastifyInstance, options: SilenceRouteOptions): void {
  const { silences, clock } = options
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/silences',
    {
      config: { access: 'viewer', hosts: 'fleet' },
      schema: {
        summary: 'Silences that run or are to come, by their end',
        tags: ['silences'],
        response: { 200: SilenceList },
      },
    },
    () => ({ items: [...silences.list()] }),
  )

  routes.post(
    '/silences',
    {
      config: {
        access: 'viewer',
        hosts: 'fleet',
        audit: 'silence.create',
        auditShows: ['scope', 'endsMs', 'comment'],
      },
      schema: {
        summary: 'Hold back mails until a time; what is still wrong then is mailed',
        tags: ['silences'],
        body: SilenceDraft,
        response: { 201: Silence },
      },
    },
    async (request, reply) => {
      refuse(problemsOf(request.body, clock.nowMs(), localeOf(request)))
      return reply.code(201).send(await silences.create(request.body, nameOf(request)))
    },
  )

  routes.delete(
    '/silences/:id',
    {
      config: { access: 'viewer', hosts: 'fleet', audit: 'silence.delete' },
      schema: {
        summary: 'End a silence now',
        tags: ['silences'],
        params: SilenceParams,
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (request, reply) => {
      if (!(await silences.end(request.params.id))) {
        throw new ProblemError('not-found', 'There is no such silence, or it has ended.')
      }
      return reply.code(204).send(null)
    },
  )
}

const WORDS = {
  en: {
    order: 'A silence ends after it begins.',
    past: 'A silence ends in the future: this one would be over already.',
  },
  fr: {
    order: 'Un silence se termine après son début.',
    past: 'Un silence se termine dans l’avenir\u00a0: celui-ci serait déjà terminé.',
  },
} as const

function problemsOf({ startsMs, endsMs }: SilenceDraft, nowMs: number, locale: Locale) {
  const words = WORDS[locale]
  if (endsMs <= startsMs) return [{ field: 'endsMs', sentence: words.order }]
  return endsMs <= nowMs ? [{ field: 'endsMs', sentence: words.past }] : []
}
