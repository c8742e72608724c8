// Owns the history of a host as a picture over HTTP, for reports and for who embeds it elsewhere.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { DEFAULT_GRAPH_WIDTH_PX, GRAPH_LIMITS, GRAPH_THEMES } from '@vigie/shared/api/graph'
import { LOCALES } from '@vigie/shared/format/locale'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Clock } from '../clock.ts'
import { HistoryQuerystring, readHistoryQuery } from './history-query.ts'
import { bucketsProblem, limitRange, MAX_RANGE_MS } from './history-routes.ts'
import { HostParams, noSuchHost } from './host-params.ts'
import type { FleetReader, GraphPainter } from './ports.ts'
import { zoneOf } from './time-zone.ts'

export interface GraphRouteOptions {
  readonly fleet: FleetReader
  readonly graphs: GraphPainter
  readonly clock: Clock
}

const { widthPx, heightPx } = GRAPH_LIMITS
const { metric, from, to, points } = HistoryQuerystring.properties

const GraphQuerystring = Type.Object(
  {
    metric: Type.Optional(
      Type.Array(metric.items, {
        maxItems: GRAPH_LIMITS.metrics,
        description:
          'A metric, or a written series; repeat it for more charts. CPU, memory, the fullest filesystem and the network when left out',
      }),
    ),
    from,
    to,
    points,
    theme: Type.Optional(Type.Union(GRAPH_THEMES.map((theme) => Type.Literal(theme)))),
    lang: Type.Optional(Type.Union(LOCALES.map((locale) => Type.Literal(locale)))),
    zone: Type.Optional(
      Type.String({
        maxLength: 64,
        description: "IANA name of the time zone, such as Europe/Paris (the hub's when left out)",
      }),
    ),
    width: Type.Optional(Type.Integer({ minimum: widthPx.least, maximum: widthPx.most })),
    height: Type.Optional(Type.Integer({ minimum: heightPx.least, maximum: heightPx.most })),
  },
  { additionalProperties: false },
)

// The picture has no script; its text is styled in place. Whatever it held, it could not act as a page of the hub.
const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

export function addGraphRoutes(app: FastifyInstance, options: GraphRouteOptions): void {
  const { fleet, graphs, clock } = options
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/hosts/:id/graph.svg',
    {
      config: { access: 'viewer', hosts: 'one' },
      schema: {
        summary: 'What a host measured between two times, as a picture',
        tags: ['hosts'],
        produces: ['image/svg+xml'],
        params: HostParams,
        querystring: GraphQuerystring,
        response: { 200: Type.String({ description: 'SVG' }) },
      },
    },
    async (request, reply) => {
      const {
        metric: metrics,
        theme = 'light',
        lang: locale = 'en',
        zone,
        width,
        height,
        ...query
      } = request.query
      const host = await fleet.detail(request.params.id)
      if (!host) throw noSuchHost(request.params.id)
      const range = readHistoryQuery(
        { ...query, ...(metrics && { metric: metrics }) },
        clock.nowMs(),
      )
      limitRange(range, MAX_RANGE_MS, 'a picture')
      const svg = await graphs
        .draw({
          host,
          fromMs: range.fromMs,
          toMs: range.toMs,
          ...(metrics && { metrics }),
          ...(query.points !== undefined && { points: query.points }),
          style: {
            theme,
            locale,
            zone: zoneOf('query/zone', zone),
            widthPx: width ?? DEFAULT_GRAPH_WIDTH_PX,
            ...(height !== undefined && { heightPx: height }),
          },
        })
        .catch((error: unknown) => {
          throw bucketsProblem(error)
        })
      return reply.type('image/svg+xml').header('content-security-policy', CONTENT_POLICY).send(svg)
    },
  )
}
