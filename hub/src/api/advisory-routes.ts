// Owns security advisories over HTTP: in pages, one in full, those of a host, what people did about one, and as a feed.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  AdvisoryDetail,
  AdvisoryHandOver,
  AdvisoryKind,
  AdvisoryPage,
  AdvisorySourceId,
  HandledDraft,
  HostAdvisoryList,
  type Advisory,
} from '@vigie/shared/api/advisory'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import { ProblemError } from '../http/problem.ts'
import { atomFeed } from './advisory-feed.ts'
import { nameOf } from './alert-routes.ts'
import type { Advisories } from './cert-ports.ts'
import { HostParams, hostOf } from './host-params.ts'
import { DEFAULT_ITEMS, limit, pageOf } from './page-query.ts'
import type { FleetReader } from './ports.ts'
import { localeOf } from './request-locale.ts'

export interface AdvisoryRouteOptions {
  readonly advisories: Advisories
  readonly fleet: FleetReader
  readonly clock: Clock
  readonly hubUrlFor: (request: FastifyRequest) => string
}

const nothing = Type.Null({ description: 'Done' })
/** More than a host ever has. */
const MAX_OF_HOST = 1000
const FEED_ENTRIES = 50

const AdvisoryParams = Type.Object({
  reference: Type.String({
    minLength: 1,
    maxLength: 100,
    description: 'Such as CERTFR-2026-ALE-011',
  }),
})

const AdvisoryQuerystring = Type.Object(
  {
    source: Type.Optional(AdvisorySourceId),
    kind: Type.Optional(AdvisoryKind),
    state: Type.Optional(
      Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('all')], {
        description: 'all when left out; open: neither closed nor taken away by its source',
      }),
    ),
    concerns: Type.Optional(
      Type.Boolean({ description: 'Only those that concern a host, or may: not yet decided' }),
    ),
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description:
          'Words of its reference, its title, its text, or the name of a host that it concerns',
      }),
    ),
    before: Type.Optional(
      Type.String({ maxLength: 130, description: 'The `nextBefore` of the page before' }),
    ),
    limit,
  },
  { additionalProperties: false },
)

export function addAdvisoryRoutes(app: FastifyInstance, options: AdvisoryRouteOptions): void {
  addReading(app, options)
  addTaking(app, options)
  addHandling(app, options)
  addFeed(app, options)
}

function addReading(app: FastifyInstance, { advisories, fleet }: AdvisoryRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  routes.get(
    '/advisories',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'Security advisories, the newest first',
        tags: ['advisories'],
        querystring: AdvisoryQuerystring,
        response: { 200: AdvisoryPage },
      },
    },
    async (request) => {
      const { q, source, before, limit: size = DEFAULT_ITEMS, ...rest } = request.query
      const hostIds = request.sight.hostIds()
      const query = { ...(source && { source }), ...(q !== undefined && { text: q }), hostIds }
      const found = await advisories.page({
        ...rest,
        ...query,
        ...(before !== undefined && { before: placeOf(before) }),
        limit: size + 1,
      })
      const { items, next } = pageOf(found, size, cursorOf)
      const counts = before === undefined ? await advisories.counts(query) : null
      return { items, counts, nextBefore: next }
    },
  )

  routes.get(
    '/advisories/:reference',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'One advisory: what it says, and which hosts it concerns with the evidence',
        tags: ['advisories'],
        params: AdvisoryParams,
        response: { 200: AdvisoryDetail },
      },
    },
    async (request) => {
      const { reference } = request.params
      const advisory = await advisories.get(reference, request.sight.hostIds())
      if (!advisory) throw noSuchAdvisory(reference)
      return advisory
    },
  )

  routes.get(
    '/hosts/:id/advisories',
    {
      config: { access: 'viewer', hosts: 'one' },
      schema: {
        summary: 'Advisories that concern a host, or may, with the evidence',
        tags: ['advisories'],
        params: HostParams,
        response: { 200: HostAdvisoryList },
      },
    },
    async (request) => {
      const { id } = hostOf(fleet, request.params.id)
      const hostIds = request.sight.hostIds()
      return { items: await advisories.ofHost(id, { limit: MAX_OF_HOST, hostIds }) }
    },
  )
}

function addTaking(app: FastifyInstance, { advisories, clock }: AdvisoryRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  routes.post(
    '/advisories/:reference/take',
    {
      config: { access: 'admin', audit: 'advisory.take' },
      schema: {
        summary: 'Take an advisory that nobody has; whoever has it keeps it',
        tags: ['advisories'],
        params: AdvisoryParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { reference } = request.params
      const who = { by: nameOf(request), atMs: clock.nowMs() }
      if ((await advisories.take(reference, who)) === 'unknown') throw noSuchAdvisory(reference)
      return reply.code(204).send(null)
    },
  )

  routes.post(
    '/advisories/:reference/hand-over',
    {
      config: { access: 'admin', audit: 'advisory.hand-over', auditShows: ['to'] },
      schema: {
        summary: 'Say that somebody else has an advisory',
        tags: ['advisories'],
        params: AdvisoryParams,
        body: AdvisoryHandOver,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { reference } = request.params
      const words = { ...request.body, by: nameOf(request), atMs: clock.nowMs() }
      if (!(await advisories.handOver(reference, words))) throw noSuchAdvisory(reference)
      return reply.code(204).send(null)
    },
  )
}

function addHandling(app: FastifyInstance, { advisories, clock }: AdvisoryRouteOptions): void {
  const routes = app.withTypeProvider<TypeBoxTypeProvider>()
  routes.put(
    '/advisories/:reference/handled',
    {
      config: { access: 'admin', audit: 'advisory.handle' },
      schema: {
        summary: 'Say what was done about an advisory',
        tags: ['advisories'],
        params: AdvisoryParams,
        body: HandledDraft,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { reference } = request.params
      const who = { by: nameOf(request), atMs: clock.nowMs() }
      const handled = { ...request.body, ...who }
      if (!(await advisories.setHandled(reference, handled, who))) throw noSuchAdvisory(reference)
      return reply.code(204).send(null)
    },
  )

  routes.delete(
    '/advisories/:reference/handled',
    {
      config: { access: 'admin', audit: 'advisory.reopen' },
      schema: {
        summary: 'Take back what was said to be done about an advisory',
        tags: ['advisories'],
        params: AdvisoryParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { reference } = request.params
      const who = { by: nameOf(request), atMs: clock.nowMs() }
      if (!(await advisories.setHandled(reference, null, who))) throw noSuchAdvisory(reference)
      return reply.code(204).send(null)
    },
  )
}

function addFeed(app: FastifyInstance, { advisories, hubUrlFor }: AdvisoryRouteOptions): void {
  app.get(
    '/advisories.atom',
    {
      config: { access: 'viewer', hosts: 'some' },
      schema: {
        summary: 'The newest advisories that concern the fleet, or may, as Atom (RFC 4287)',
        tags: ['advisories'],
        produces: ['application/atom+xml'],
        response: { 200: Type.String({ description: 'Atom' }) },
      },
    },
    async (request, reply) => {
      const hostIds = request.sight.hostIds()
      const found = await advisories.page({ concerns: true, hostIds, limit: FEED_ENTRIES })
      const details = await Promise.all(
        found.map(({ reference }) => advisories.get(reference, hostIds)),
      )
      return reply.type('application/atom+xml; charset=utf-8').send(
        atomFeed(
          details.filter((detail) => detail !== undefined),
          { hubUrl: hubUrlFor(request), locale: localeOf(request) },
        ),
      )
    },
  )
}

function cursorOf({ publishedMs, reference }: Advisory): string {
  return `${publishedMs}_${reference}`
}

function placeOf(cursor: string): { publishedMs: number; reference: string } {
  const [, publishedMs, reference] = /^(-?\d{1,15})_(.{1,100})$/.exec(cursor) ?? []
  if (publishedMs !== undefined && reference !== undefined) {
    return { publishedMs: Number(publishedMs), reference }
  }
  const message = 'is not the `nextBefore` of a page of this list'
  throw new ProblemError('invalid-request', `query/before ${message}`, [
    { field: 'query/before', message },
  ])
}

function noSuchAdvisory(reference: string): ProblemError {
  return new ProblemError('not-found', `There is no advisory ${reference}.`)
}
