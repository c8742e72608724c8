// Owns the REST API: /api/v1, its OpenAPI description and the page that shows it.
import swagger from '@fastify/swagger'
import { MetricsCatalogue } from '@vigie/shared/api/metrics-catalogue'
import { METRICS } from '@vigie/shared/metrics/catalogue'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { addAccessRoutes, type AccessRouteOptions } from './access-routes.ts'
import { addAdvisoryRoutes, type AdvisoryRouteOptions } from './advisory-routes.ts'
import { addAlertRoutes, type AlertRouteOptions } from './alert-routes.ts'
import { addCertRoutes, type CertRouteOptions } from './cert-routes.ts'
import { addDocsRoutes } from './docs-routes.ts'
import { addEnrolmentRoutes, type EnrolmentRouteOptions } from './enrolment-routes.ts'
import { addEventRoutes, type EventRouteOptions } from './event-routes.ts'
import { addFleetHistoryRoutes } from './fleet-history-routes.ts'
import { addGapRoutes, type GapRouteOptions } from './gap-routes.ts'
import { addGraphRoutes, type GraphRouteOptions } from './graph-routes.ts'
import { addHistoryRoutes, type HistoryRouteOptions } from './history-routes.ts'
import { addHostChangeRoutes, type HostChangeRouteOptions } from './host-change-routes.ts'
import { addHostRoutes } from './host-routes.ts'
import { addHubRoutes } from './hub-routes.ts'
import { addMailActionRoutes, type MailActionRouteOptions } from './mail-action-routes.ts'
import { addMailRoutes, type MailRouteOptions } from './mail-routes.ts'
import { addMaintenanceRoutes, type MaintenanceRouteOptions } from './maintenance-routes.ts'
import { addPackageRoutes, type PackageRouteOptions } from './package-routes.ts'
import type { HubReader } from './ports.ts'
import { addRecipientRoutes, type RecipientRouteOptions } from './recipient-routes.ts'
import { addRuleRoutes } from './rule-routes.ts'
import { addRuleTrialRoutes, type RuleTrialRouteOptions } from './rule-trial-routes.ts'
import { addSilenceRoutes, type SilenceRouteOptions } from './silence-routes.ts'
import { addStatusPageRoutes, type StatusPageRouteOptions } from './status-page-routes.ts'
import { addTagRoutes, type TagRouteOptions } from './tag-routes.ts'

export interface ApiOptions
  extends
    HistoryRouteOptions,
    GraphRouteOptions,
    GapRouteOptions,
    EventRouteOptions,
    PackageRouteOptions,
    AdvisoryRouteOptions,
    CertRouteOptions,
    HostChangeRouteOptions,
    EnrolmentRouteOptions,
    StatusPageRouteOptions {
  readonly hub: HubReader
  readonly access: AccessRouteOptions
  readonly alerting: AlertingOptions
}

export interface AlertingOptions
  extends
    AlertRouteOptions,
    RuleTrialRouteOptions,
    SilenceRouteOptions,
    MaintenanceRouteOptions,
    MailRouteOptions,
    RecipientRouteOptions,
    MailActionRouteOptions,
    TagRouteOptions {}

/** Describes the routes that are registered after it and carry a tag; register it before them. */
export const openApiPlugin = fastifyPlugin<{ version: string; basePath: string }>(
  async (app, { version, basePath }) => {
    await app.register(swagger, {
      hideUntagged: true,
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Vigie',
          version,
          description:
            'Times are epoch milliseconds, UTC. Ratios run from 0 to 1. What is not known is null. Errors are problem documents (RFC 9457).',
          license: { name: 'MIT', identifier: 'MIT' },
        },
        servers: [{ url: basePath || '/' }],
        components: {
          securitySchemes: {
            session: { type: 'apiKey', in: 'cookie', name: 'vigie.session_token' },
            token: { type: 'http', scheme: 'bearer' },
          },
        },
      },
      transform: ({ schema, url, route }) => ({
        schema: {
          ...schema,
          ...(route.config?.access !== 'open' && { security: [{ session: [] }, { token: [] }] }),
        },
        url,
      }),
    })
  },
  { name: 'vigie-openapi' },
)

export const apiPlugin: FastifyPluginAsync<ApiOptions> = async (app, options) => {
  addDocsRoutes(app)
  await app.register(
    (api, _, done) => {
      // Lists of people's machines are nobody else's to keep.
      api.addHook('onRequest', (_request, reply, next) => {
        reply.header('cache-control', 'no-store')
        next()
      })
      addHostRoutes(api, options.fleet)
      addHostChangeRoutes(api, options)
      addHistoryRoutes(api, options)
      addFleetHistoryRoutes(api, options)
      addGraphRoutes(api, options)
      addGapRoutes(api, options)
      addEventRoutes(api, options)
      addPackageRoutes(api, options)
      addHubRoutes(api, options.hub)
      addEnrolmentRoutes(api, options)
      addAccessRoutes(api, options.access)
      addAlerting(api, options.alerting)
      addAdvisoryRoutes(api, options)
      addCertRoutes(api, options)
      addStatusPageRoutes(api, options)
      api.get(
        '/metrics-catalogue',
        {
          config: { access: 'viewer', hosts: 'none' },
          schema: {
            summary: 'Every metric that Vigie knows',
            tags: ['metrics'],
            response: { 200: MetricsCatalogue },
          },
        },
        () => ({ items: METRICS }),
      )
      done()
    },
    { prefix: '/api/v1' },
  )
}

function addAlerting(api: FastifyInstance, options: AlertingOptions): void {
  addAlertRoutes(api, options)
  addRuleRoutes(api, options.rules)
  addRuleTrialRoutes(api, options)
  addSilenceRoutes(api, options)
  addMaintenanceRoutes(api, options)
  addMailRoutes(api, options)
  addRecipientRoutes(api, options)
  addMailActionRoutes(api, options)
  addTagRoutes(api, options)
}
