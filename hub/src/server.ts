// Owns the hub's HTTP server: every door, in the order in which they are asked.
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
} from 'fastify'
import type { Registry } from 'prom-client'
import packageJson from '../package.json' with { type: 'json' }
import { createAgentDownloads } from './agent-download/agent-downloads.ts'
import { agentDownloadPlugin } from './agent-download/plugin.ts'
import { apiPlugin, openApiPlugin, type AlertingOptions } from './api/plugin.ts'
import { localeOf } from './api/request-locale.ts'
import type { Advisories, CertDesk } from './api/cert-ports.ts'
import type {
  Enrolments,
  EventReader,
  FleetReader,
  GapReader,
  GraphPainter,
  HistoryReader,
  HostDesk,
  HubReader,
  InstalledReader,
} from './api/ports.ts'
import type { Access } from './access.ts'
import { auditPlugin } from './audit/plugin.ts'
import { COMMAND_TOKEN } from './auth/api-tokens.ts'
import { authPlugin } from './auth/plugin.ts'
import type { Clock } from './clock.ts'
import { basePathOf, withoutBase } from './http/base-path.ts'
import { createGate } from './http/gate.ts'
import { createHostGuard } from './http/host-guard.ts'
import { REQUEST_TIMES, type RequestTimes } from './http/request-times.ts'
import { createTokenGate } from './http/token-gate.ts'
import { answerFrameworkError, httpPlugin } from './http/plugin.ts'
import type { TaggedHosts } from './http/sight.ts'
import type { AgentConnections } from './ingest/agent-connections.ts'
import { ingestPlugin } from './ingest/plugin.ts'
import { hubUrlOf, isWildcard } from './join-command.ts'
import type { Live } from './live/live.ts'
import { livePlugin } from './live/plugin.ts'
import { metricsPlugin, type MetricsOptions } from './metrics/plugin.ts'
import type { Settings } from './settings.ts'
import { statusPagePlugin } from './status-pages/plugin.ts'
import type { StatusPages } from './status-pages/status-pages.ts'
import type { Certificate } from './tls/certificate-files.ts'
import {
  OLDEST_TLS,
  watchCertificate,
  type CertificateWatchParts,
} from './tls/certificate-watch.ts'
import { webPlugin } from './web/plugin.ts'
import { webSockets } from './web-sockets.ts'

export interface ServerParts {
  readonly settings: Pick<Settings, 'listen' | 'publicUrl' | 'tls'> &
    Partial<Pick<Settings, 'trustedProxies'>>
  /** What stands in the files of `settings.tls`. */
  readonly certificate: Certificate | undefined
  readonly problems: CertificateWatchParts['problems']
  /** Where the agent's executables are. */
  readonly agentsDirectory: string
  readonly access: Access
  readonly fleet: FleetReader & TaggedHosts
  readonly history: HistoryReader
  readonly gaps: GapReader
  readonly graphs: GraphPainter
  readonly events: EventReader
  readonly packages: InstalledReader
  readonly hub: HubReader
  readonly enrolments: Enrolments
  readonly hostDesk: HostDesk
  readonly alerting: AlertingOptions
  readonly advisories: Advisories
  readonly cert: CertDesk
  readonly statusPages: StatusPages
  readonly connections: AgentConnections
  readonly live: Live
  readonly registry: Registry
  readonly health: Pick<MetricsOptions, 'checkHealth' | 'problemKinds'>
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly lookForCertificateEveryMs?: number | undefined
  readonly checkSessionEveryMs?: number | undefined
  readonly requestTimes?: Partial<RequestTimes> | undefined
}

const BUILD_DIRECTORY = join(import.meta.dirname, '../../ui/build')

export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { settings, access, live, connections, registry, checkSessionEveryMs } = parts
  const { people, tokens, audit } = access
  const guard = createHostGuard({ host: settings.listen.host, publicUrl: settings.publicUrl })
  const tokenGate = createTokenGate(tokens, parts.clock)
  const gate = createGate({ guard, people, tokens: tokenGate, hosts: parts.fleet })
  const downloads = createAgentDownloads(parts.agentsDirectory)
  const basePath = basePathOf(settings.publicUrl) ?? ''
  const server = bareServer(parts, basePath)
  keepCertificate(server, parts)

  await server.register(webSockets)
  await server.register(httpPlugin, { guard, gate, isTls: settings.tls !== undefined })
  await server.register(auditPlugin, { audit, commandToken: COMMAND_TOKEN })
  await server.register(openApiPlugin, { version: packageJson.version, basePath })
  await server.register(metricsPlugin, { registry, ...parts.health })
  await server.register(authPlugin, { ...access, basePath })
  await server.register(apiPlugin, {
    fleet: parts.fleet,
    history: parts.history,
    gaps: parts.gaps,
    graphs: parts.graphs,
    events: parts.events,
    packages: parts.packages,
    hub: parts.hub,
    enrolments: parts.enrolments,
    hostDesk: parts.hostDesk,
    downloads,
    alerting: parts.alerting,
    advisories: parts.advisories,
    cert: parts.cert,
    statusPages: parts.statusPages.book,
    access: { ...access, clock: parts.clock },
    clock: parts.clock,
    hubUrlFor: (request) => hubUrlFor(request, settings, server),
  })
  await server.register(ingestPlugin, { connections })
  await server.register(agentDownloadPlugin, { downloads })
  await server.register(statusPagePlugin, { pages: parts.statusPages, localeOf })
  await server.register(livePlugin, {
    live,
    people,
    tokens: tokenGate,
    onRightsChange: (listener) => access.rights.onChange(listener),
    hosts: parts.fleet,
    isOriginAllowed: (headers) => guard.originAllowed(headers, { isRequired: true }),
    ...(checkSessionEveryMs !== undefined && { checkSessionEveryMs }),
  })
  await server.register(webPlugin, { buildDirectory: BUILD_DIRECTORY, basePath })
  return server
}

function bareServer(
  { settings, certificate, log, requestTimes }: ServerParts,
  basePath: string,
): FastifyInstance {
  const { headersMs, requestMs, checkEveryMs } = { ...REQUEST_TIMES, ...requestTimes }
  const http = { headersTimeout: headersMs, connectionsCheckingInterval: checkEveryMs }
  const options = {
    loggerInstance: log,
    frameworkErrors: answerFrameworkError,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: requestMs,
    trustProxy: settings.trustedProxies?.length ? [...settings.trustedProxies] : false,
    rewriteUrl: ({ url }: { readonly url?: string | undefined }) =>
      withoutBase(url ?? '/', basePath),
  }
  if (!certificate) return Fastify({ ...options, http })
  const { cert, key } = certificate
  return Fastify({ ...options, https: { ...http, cert, key, minVersion: OLDEST_TLS } })
}

function keepCertificate(server: FastifyInstance, parts: ServerParts): void {
  const { certificate, settings, lookForCertificateEveryMs: lookEveryMs } = parts
  if (!certificate || !settings.tls) return
  const watch = watchCertificate({
    ...parts,
    files: settings.tls,
    certificate,
    server: server.server as unknown as TlsServer,
    lookEveryMs,
  })
  server.addHook('onClose', () => watch.close())
}

// A hub that listens everywhere is reached by the new machine as the person who invites it reaches it.
function hubUrlFor(
  request: FastifyRequest,
  settings: ServerParts['settings'],
  server: FastifyInstance,
): string {
  if (!settings.publicUrl && isWildcard(settings.listen.host)) {
    return `${request.protocol}://${request.host}`
  }
  const address = server.server.address() as AddressInfo | null
  return hubUrlOf(settings, address?.port)
}
