// Owns maintenance windows over HTTP.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Maintenance, MaintenanceDraft, MaintenanceList } from '@vigie/shared/api/silence'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { MaintenanceWindows, WindowFault } from './alert-ports.ts'
import { refusal } from './refused-draft.ts'
import { localeOf } from './request-locale.ts'

export interface MaintenanceRouteOptions {
  readonly windows: MaintenanceWindows
}

const MAX_WINDOWS = 200

const WindowParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})

export function addMaintenanceRoutes(app: FastifyInstance, options: MaintenanceRouteOptions): void {
  const { windows } = options
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.get(
    '/maintenance',
    {
      config: { access: 'viewer', hosts: 'fleet' },
      schema: {
        summary: 'Maintenance windows, each with the one that is open or comes next',
        tags: ['silences'],
        response: { 200: MaintenanceList },
      },
    },
    () => ({ items: [...windows.list()] }),
  )

  routes.post(
    '/maintenance',
    {
      config: { access: 'admin', audit: 'maintenance.create', auditShows: ['name'] },
      schema: {
        summary: 'Hold back mails again and again, by the clocks of a time zone',
        tags: ['silences'],
        body: MaintenanceDraft,
        response: { 201: Maintenance },
      },
    },
    async (request, reply) => {
      if (windows.list().length >= MAX_WINDOWS) {
        throw new ProblemError(
          'limit-reached',
          `There are ${MAX_WINDOWS} windows: delete one first.`,
        )
      }
      return reply.code(201).send(kept(request, await windows.create(request.body)))
    },
  )

  routes.put(
    '/maintenance/:id',
    {
      config: { access: 'admin', audit: 'maintenance.change', auditShows: ['name', 'isEnabled'] },
      schema: {
        summary: 'Change a maintenance window',
        tags: ['silences'],
        params: WindowParams,
        body: MaintenanceDraft,
        response: { 200: Maintenance },
      },
    },
    async (request) => {
      const changed = await windows.change(request.params.id, request.body)
      if (!changed) throw noSuchWindow()
      return kept(request, changed)
    },
  )

  routes.delete(
    '/maintenance/:id',
    {
      config: { access: 'admin', audit: 'maintenance.delete' },
      schema: {
        summary: 'Delete a maintenance window',
        tags: ['silences'],
        params: WindowParams,
        response: { 204: Type.Null({ description: 'Done' }) },
      },
    },
    async (request, reply) => {
      if (!(await windows.delete(request.params.id))) throw noSuchWindow()
      return reply.code(204).send(null)
    },
  )
}

function noSuchWindow(): ProblemError {
  return new ProblemError('not-found', 'There is no such maintenance window.')
}

const WORDS = {
  en: {
    cron: 'Give five fields that come true some day, such as 30 2 * * 0 (Sundays at 02:30).',
    zone: 'This is no time zone: give one such as Europe/Paris.',
  },
  fr: {
    cron: 'Indiquez cinq champs qui se réalisent un jour, par exemple 30 2 * * 0 (le dimanche à 02:30).',
    zone: 'Ce n’est pas un fuseau horaire\u00a0: indiquez par exemple Europe/Paris.',
  },
} as const

/** The window, or the problem that says in the reader's language why there is none. */
function kept(request: FastifyRequest, made: Maintenance | WindowFault): Maintenance {
  if (typeof made !== 'string') return made
  throw refusal([{ field: made, sentence: WORDS[localeOf(request)][made] }])
}
