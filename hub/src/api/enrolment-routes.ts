// Owns the invitation of machines over HTTP.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Enrolment, EnrolmentRequest, EnrolmentState } from '@vigie/shared/api/enrolment'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ProblemError } from '../http/problem.ts'
import type { AgentDownloads } from '../agent-download/agent-downloads.ts'
import { joinCommands } from '../join-command.ts'
import { noSuchHost } from './host-params.ts'
import type { Enrolments, FleetReader } from './ports.ts'

const EnrolmentParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{12}$' }) })

export interface EnrolmentRouteOptions {
  readonly enrolments: Enrolments
  readonly fleet: FleetReader
  readonly downloads: AgentDownloads
  /** The address that a new machine is told to join, given the request that invites it. */
  readonly hubUrlFor: (request: FastifyRequest) => string
}

export function addEnrolmentRoutes(app: FastifyInstance, options: EnrolmentRouteOptions): void {
  const { enrolments, fleet, downloads, hubUrlFor } = options
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()

  routes.post(
    '/enrolments',
    {
      config: { access: 'admin', audit: 'host.invite', auditShows: ['name', 'hostId', 'uses'] },
      schema: {
        summary: 'Invite a machine, or some: a token, and the line to paste there',
        tags: ['enrolments'],
        body: EnrolmentRequest,
        response: { 201: Enrolment },
      },
    },
    async (request, reply) => {
      const { hostId, uses = 1 } = request.body
      const host = hostId === undefined ? undefined : await fleet.detail(hostId)
      if (hostId !== undefined && !host) throw noSuchHost(hostId)
      if (host && (uses > 1 || host.retiredMs !== null)) {
        throw new ProblemError(
          'draft-refused',
          uses > 1
            ? 'A host has one agent: a token for it is good once.'
            : 'The host is retired: bring it back first.',
        )
      }
      const { id, token, expiresAtMs } = await enrolments.create(request.body)
      const commands = await joinCommands(hubUrlFor(request), token, downloads)
      return reply.code(201).send({ id, token, ...commands, expiresAtMs })
    },
  )

  routes.get(
    '/enrolments/:id',
    {
      config: { access: 'admin' },
      schema: {
        summary: 'Whether an invited machine has joined',
        tags: ['enrolments'],
        params: EnrolmentParams,
        response: { 200: EnrolmentState },
      },
    },
    async (request) => {
      const state = await enrolments.state(request.params.id)
      if (!state) throw new ProblemError('not-found', 'There is no such enrolment.')
      return state
    },
  )
}
