// Owns incidents over HTTP: those that are open and those that were, in pages, one in full, and what people do with them.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  AcknowledgeRequest,
  HandOverRequest,
  IncidentDetail,
  IncidentPage,
  NoteRequest,
} from '@vigie/shared/api/incident'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem.ts'
import { seesIncident } from '../http/sight.ts'
import type { IncidentOutcome, Incidents } from './alert-ports.ts'
import { HistoryQuerystring, readHistoryQuery } from './history-query.ts'
import { HostParams } from './host-params.ts'
import { inSight } from './in-sight.ts'
import { openPage } from './open-incidents.ts'
import { after, beforeIdOf, DEFAULT_ITEMS, limit, pageOf } from './page-query.ts'

export interface AlertRouteOptions {
  readonly incidents: Incidents
  readonly clock: Clock
}

const nothing = Type.Null({ description: 'Done' })
/** An incident may be of a moment that the hub's clock has not reached: of an agent whose clock is ahead. */
const AHEAD_MS = 60_000

const IncidentParams = Type.Object({
  id: Type.Integer({
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description: "The incident's id",
  }),
})

const AlertQuerystring = Type.Object(
  {
    state: Type.Optional(
      Type.Union(
        [
          Type.Literal('open'),
          Type.Literal('pending'),
          Type.Literal('resolved'),
          Type.Literal('all'),
        ],
        {
          description:
            'open (firing or acknowledged, the default): the most severe first, then the oldest; the others newest first',
        },
      ),
    ),
    host: Type.Optional(HostParams.properties.id),
    from: Type.Optional(
      Type.String({
        ...HistoryQuerystring.properties.from,
        description: 'Those that were not over before it (the oldest when left out)',
      }),
    ),
    to: Type.Optional(
      Type.String({
        ...HistoryQuerystring.properties.to,
        description: 'Those that began before it (now when left out)',
      }),
    ),
    after,
    limit,
  },
  { additionalProperties: false },
)

export function addAlertRoutes(app: FastifyInstance, options: AlertRouteOptions): void {
  addReading(app, options)
  addActing(app, options.incidents)
}

function addReading(app: FastifyInstance, { incidents, clock }: AlertRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  routes.get(
    '/alerts',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'Incidents: what is wrong now, and what was',
        tags: ['alerts'],
        querystring: AlertQuerystring,
        response: { 200: IncidentPage },
      },
    },
    async (request) => {
      const { state = 'open', host, from = '0', to, limit: size = DEFAULT_ITEMS } = request.query
      const { fromMs, toMs } = readHistoryQuery(
        { from, ...(to !== undefined && { to }) },
        clock.nowMs() + AHEAD_MS,
      )
      const query = { fromMs, toMs, ...inSight(request.sight, host) }
      const cursor = request.query.after
      if (state === 'open') {
        return openPage(incidents.current(), { ...query, after: cursor, size })
      }
      const found = await incidents.page({
        ...query,
        ...(state !== 'all' && { states: [state] }),
        ...beforeIdOf(cursor),
        limit: size + 1,
      })
      return pageOf(found, size, ({ id }) => String(id))
    },
  )

  routes.get(
    '/alerts/:id',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'One incident: its timeline, its picture, its processes, how its mails fared',
        tags: ['alerts'],
        params: IncidentParams,
        response: { 200: IncidentDetail },
      },
    },
    async (request) => {
      const detail = await incidents.detail(request.params.id)
      if (!detail || !seesIncident(request.sight, detail)) throw noSuchIncident(request.params.id)
      return detail
    },
  )
}

function addActing(app: FastifyInstance, incidents: Incidents): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  const described = (summary: string) =>
    ({ summary, tags: ['alerts'], params: IncidentParams, response: { 204: nothing } }) as const

  routes.post(
    '/alerts/:id/acknowledge',
    {
      config: { access: 'viewer', hosts: 'some', audit: 'incident.acknowledge' },
      schema: {
        ...described('Take an incident that nobody has: no reminder goes out any more'),
        body: AcknowledgeRequest,
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await see(request, incidents)
      const by = nameOf(request)
      const { note } = request.body
      const outcome = await incidents.acknowledge(id, { by, ...request.body })
      // Whoever has it keeps it; what was said is not lost.
      if (outcome === 'already' && note !== undefined) {
        await incidents.addNote(id, { by, text: note })
      }
      return answer(reply, id, outcome)
    },
  )

  routes.post(
    '/alerts/:id/hand-over',
    {
      config: { access: 'viewer', hosts: 'some', audit: 'incident.hand-over', auditShows: ['to'] },
      schema: { ...described('Say that somebody else has an incident'), body: HandOverRequest },
    },
    async (request, reply) => {
      const { id } = request.params
      await see(request, incidents)
      const outcome = await incidents.handOver(id, { by: nameOf(request), ...request.body })
      return answer(reply, id, outcome)
    },
  )

  routes.post(
    '/alerts/:id/notes',
    {
      config: { access: 'viewer', hosts: 'some', audit: 'incident.note' },
      schema: { ...described('Add a note to an incident, open or over'), body: NoteRequest },
    },
    async (request, reply) => {
      const { id } = request.params
      await see(request, incidents)
      const outcome = await incidents.addNote(id, { by: nameOf(request), ...request.body })
      return answer(reply, id, outcome)
    },
  )
}

/** Throws where there is no such incident for whoever asks. */
async function see(request: FastifyRequest, incidents: Incidents): Promise<void> {
  const { id } = request.params as { id: number }
  if (request.sight.hostIds() === undefined) return
  const incident = await incidents.get(id)
  if (!incident || !seesIncident(request.sight, incident)) throw noSuchIncident(id)
}

/** Who sends it, as the timeline says it. */
export function nameOf({ person }: FastifyRequest): string {
  return person?.name ?? 'somebody'
}

export function noSuchIncident(id: number): ProblemError {
  return new ProblemError('not-found', `There is no incident ${id}.`)
}

function answer(reply: FastifyReply, id: number, outcome: IncidentOutcome): FastifyReply {
  switch (outcome) {
    case 'done':
    case 'already':
      return reply.code(204).send(null)
    case 'over':
      throw new ProblemError('incident-over', `Incident ${id} is over: there is nothing to take.`)
    case 'unknown':
      throw noSuchIncident(id)
  }
}
