// Owns maintenance windows over HTTP.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Maintenance, MaintenanceDraft, MaintenanceList } from '@vigie/shared/api/silence'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { MaintenanceWindows } from './alert-ports.ts'
import { refuse } from './refused-draft.ts'
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
  const checked = (request: FastifyRequest, draft: MaintenanceDraft): MaintenanceDraft => {
    refuse(windows.problems(draft, localeOf(request)))
    return draft
  }

  routes.get(
    '/maintenance',
    {
      config: { access: 'viewer' },
      schema: {
        summary: 'Maintenance windows, each with the one that is open or comes next',
        tags: ['silences'],
        response: { 200: MaintenanceList },
      },
    },
    async () => ({ items: [...(await windows.list())] }),
  )

  routes.post(
    '/maintenance',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Hold back mails again and again, by the clocks of a time zone',
        tags: ['silences'],
        body: MaintenanceDraft,
        response: { 201: Maintenance },
      },
    },
    async (request, reply) => {
      const draft = checked(request, request.body)
      if ((await windows.list()).length >= MAX_WINDOWS) {
        throw new ProblemError(
          'limit-reached',
          `There are ${MAX_WINDOWS} windows: delete one first.`,
        )
      }
      return reply.code(201).send(await windows.create(draft))
    },
  )

  routes.put(
    '/maintenance/:id',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Change a maintenance window',
        tags: ['silences'],
        params: WindowParams,
        body: MaintenanceDraft,
        response: { 200: Maintenance },
      },
    },
    async (request) => {
      const changed = await windows.change(request.params.id, checked(request, request.body))
      if (!changed) throw noSuchWindow()
      return changed
    },
  )

  routes.delete(
    '/maintenance/:id',
    {
      config: { access: 'admin' },
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
