// Composes the hub: reading it from top to bottom tells what it is made of and what depends on what.
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { collectDefaultMetrics, Registry } from 'prom-client'
import packageJson from '../package.json' with { type: 'json' }
import { createAccess } from './access.ts'
import { createAlerting, type Alerting } from './alerting.ts'
import type { AppOptions } from './app-options.ts'
import { loadAuthSecret } from './auth/auth-secret.ts'
import type { ApiTokens } from './auth/api-tokens.ts'
import type { People } from './auth/people.ts'
import { systemClock } from './clock.ts'
import { createCert, type Cert } from './cert-composition.ts'
import { createCertNews } from './cert-news.ts'
import { takeDataDirectory } from './data-directory.ts'
import { Fleet } from './fleet/fleet.ts'
import { createGapReader } from './gaps/gap-reader.ts'
import { createGraphPainter } from './graph/graph-painter.ts'
import { basePathOf } from './http/base-path.ts'
import type { DeclaredRoute } from './http/plugin.ts'
import { startHousekeeping } from './housekeeping.ts'
import { createHostDesk } from './host-desk.ts'
import { createHubState, type HubState } from './hub-state.ts'
import { AgentConnections, CONNECTION_LIMITS } from './ingest/agent-connections.ts'
import { createEnrolments, type Enrolments } from './ingest/enrolments.ts'
import { loadHubIdentity } from './ingest/hub-identity.ts'
import { createIngestMetrics } from './ingest/ingest-metrics.ts'
import { QUOTAS, Quotas } from './ingest/quotas.ts'
import { hubUrlOf } from './join-command.ts'
import { KnownHosts } from './known-hosts.ts'
import { createLiveMetrics } from './live/live-metrics.ts'
import { Live } from './live/live.ts'
import { readMailSettings } from './mail-settings.ts'
import { createRoster, createSamplePath } from './sample-path.ts'
import { createServer } from './server.ts'
import { composeStatusPages } from './status-composition.ts'
import { HostJournal } from './store/host-journal.ts'
import { createKeeperEvents } from './store/keeper-events.ts'
import { KEEPER_TIMING } from './store/keeper-settings.ts'
import { PackageJournal } from './store/package-journal.ts'
import { createStoreMetrics } from './store/store-metrics.ts'
import { DATABASE_FILE, openStore, type Store } from './store/store.ts'
import { createWriterEvents } from './store/writer-events.ts'
import { readCertificate } from './tls/certificate-files.ts'

export interface App {
  /** Starts to listen; resolves with the address, such as `http://127.0.0.1:4280`. */
  listen(): Promise<string>
  /** Stops in an order that loses nothing; may be called more than once. */
  close(): Promise<void>
  readonly people: People
  readonly tokens: ApiTokens
  readonly enrolments: Enrolments
  readonly fleet: Fleet
  readonly alerting: Alerting
  readonly certWatch: Cert
  readonly state: HubState
  readonly store: Store
  readonly registry: Registry
  /** Every route of the server, with who may use it. */
  routes(): readonly DeclaredRoute[]
}

/** More holes than this cannot be told apart in a picture. */
const MAX_HOLES_DRAWN = 1000

/** Takes the data directory, which it makes if need be, and composes the hub on it. */
export async function createApp(options: AppOptions): Promise<App> {
  const { dataDirectory, publicUrl, retentionMs, log, onFailed = raise, limits = {} } = options
  const clock = options.clock ?? systemClock
  const startedMs = clock.nowMs()
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })

  const certificate = options.tls && (await readCertificate(options.tls))
  const directoryLock = await takeDataDirectory(dataDirectory)
  const identity = await loadHubIdentity(dataDirectory)
  const databasePath = join(dataDirectory, DATABASE_FILE)
  const state = createHubState({ databasePath, clock, log, registry })
  let isListening = true
  const writerEvents = createWriterEvents({
    metrics: createStoreMetrics(registry, { pendingRequests: () => store.pendingRequests() }),
    log,
    onCongested(isCongested) {
      isListening = !isCongested
      connections.setCongested(isCongested)
    },
    problems: state,
  })
  const store = await openStore({
    dataDir: dataDirectory,
    writerEvents,
    onThreadDied: onFailed,
    ...limits,
  })
  const journal = new HostJournal({
    db: store.db,
    log,
    onEvent: (event) => access.noteHostEvent(event),
  })
  const packages = await PackageJournal.open({
    records: store.packages,
    log,
    onWritten(hostId) {
      certWatch.packagesChanged(hostId)
      options.onPackages?.(hostId)
    },
    onForgotten: (hostId) => connections.reconnect(hostId, 'its packages could not be kept'),
  })

  const fleet = new Fleet(clock, store.ticks)
  const records = await store.hosts.list()
  for (const host of records) fleet.add(host, await store.ticks.lastTick(host.id))
  const hosts = new KnownHosts(records, {
    revoked: await store.hostChanges.revokedKeys(),
    waiting: (await store.waitingMachines.list()).map(({ publicKey }) => publicKey),
  })

  const rollupRetentionMs = options.rollupRetentionMs ?? retentionMs
  const gaps = createGapReader({ ...store, retentionMs: rollupRetentionMs })
  const graphs = createGraphPainter({
    buckets: ({ id: hostId, intervalMs }, query) =>
      store.history.buckets({ hostId, intervalMs, ...query }),
    gaps: async (host, range) =>
      (await gaps({ host, ...range, nowMs: clock.nowMs(), maxHoles: MAX_HOLES_DRAWN })).items,
  })
  const secret = loadAuthSecret(dataDirectory)
  const lastRun = (await store.hubRuns.list()).at(-1)
  const checkHealth = async (): Promise<string | undefined> => {
    await store.check()
    return state.problems().find(({ kind }) => kind === 'not-writing')?.detail
  }
  const alerting = await createAlerting({
    store,
    fleet,
    state,
    painter: graphs,
    settings: { ...readMailSettings({}, {}), ...options },
    secret,
    hubUrl: () => hubUrlOf(options, (server.server.address() as AddressInfo | null)?.port),
    lastAliveMs: lastRun?.heartbeatMs ?? null,
    isHealthy: () =>
      checkHealth().then(
        (problem) => problem === undefined,
        () => false,
      ),
    isListening: () => isListening,
    registry,
    clock,
    log,
    ...(limits.alerts && { timing: limits.alerts }),
    ...(limits.sender && { senderLimits: limits.sender }),
  })
  const certNews = createCertNews()
  const live = new Live({
    fleet,
    metrics: createLiveMetrics(registry),
    clock,
    log,
    maxWaitingBytes: limits.maxWaitingBytes ?? 256 * 1024,
    hubVersion: packageJson.version,
    hubState: state,
    incidents: alerting.board,
    cert: certNews,
  })

  const agentStarts = await store.events.lastStarts()
  const samplePath = {
    store,
    hosts,
    isApprovalNeeded: options.enrolment === 'approve',
    expel: (hostId: number) => connections.expel(hostId, 'revoked'),
    journal,
    packages,
    fleet,
    live,
    alerts: alerting.alerts,
    hubStartedMs: startedMs,
    agentStarts,
    clock,
    log,
  }
  const sampleEvents = createSamplePath(samplePath)
  const quotas = new Quotas({ ...QUOTAS, ...options.quotas }, clock)
  const connections = new AgentConnections(
    {
      identity,
      roster: createRoster(samplePath),
      events: {
        ...sampleEvents,
        onInventory(hostId, hash, inventory) {
          sampleEvents.onInventory(hostId, hash, inventory)
          // Its system and its kernel are compared with advisories too.
          certWatch.packagesChanged(hostId)
        },
      },
      metrics: createIngestMetrics(registry),
      quotas,
      clock,
      log,
    },
    { ...CONNECTION_LIMITS, ...limits },
  )
  const enrolments = createEnrolments({
    keeper: store.enrolments,
    hubFingerprint: identity.fingerprint,
    clock,
  })
  const access = await createAccess({
    db: store.db,
    secret,
    basePath: basePathOf(publicUrl) ?? '',
    isSecure: publicUrl ? publicUrl.protocol === 'https:' : options.tls !== undefined,
    mail: { ...readMailSettings({}, {}), ...options },
    oidc: options.oidc,
    secondFactorPolicy: options.secondFactorPolicy,
    settings: options.inForce ?? [],
    hubUrl: () => hubUrlOf(options, (server.server.address() as AddressInfo | null)?.port),
    clock,
    log,
  })
  const { people, tokens } = access
  const certWatch: Cert = await createCert({
    store,
    databasePath,
    settings: options,
    sources: options.advisorySources,
    secret,
    mailing: alerting.mailing,
    news: certNews,
    people,
    registry,
    clock,
    log,
    gatherMs: limits.gatherPackagesMs,
  })
  const hostDesk = createHostDesk({
    store,
    hosts,
    fleet,
    connections,
    quotas,
    alerts: alerting.alerts,
    journal,
    clock,
    onFleetChanged: (hostId) => certWatch.packagesChanged(hostId),
  })
  const statusPages = await composeStatusPages({
    ...{ store, fleet, alerting, clock },
    retentionMs: rollupRetentionMs,
  })
  const server = await createServer({
    settings: options,
    certificate,
    problems: state,
    agentsDirectory: options.agentsDirectory ?? join(dataDirectory, 'agents'),
    access,
    fleet,
    history: store.history,
    gaps,
    graphs,
    events: store.events,
    packages: store.packages,
    hub: {
      state: async () => ({
        version: packageJson.version,
        startedMs,
        retentionMs,
        database: await state.database(),
        problems: [...state.problems()],
      }),
    },
    enrolments,
    hostDesk,
    alerting: alerting.api,
    advisories: certWatch.advisories,
    cert: certWatch.cert,
    statusPages,
    connections,
    live,
    registry,
    health: { checkHealth, problemKinds: () => state.problems().map(({ kind }) => kind) },
    clock,
    log,
    checkSessionEveryMs: limits.checkSessionEveryMs,
    requestTimes: limits.requestTimes,
    lookForCertificateEveryMs: limits.lookForCertificateEveryMs,
  })
  const housekeeping = await startHousekeeping({ store, fleet, clock, log })
  const keeper = store.startKeeper(
    {
      databasePath,
      retentionMs,
      rollupRetentionMs,
      maxDatabaseBytes: options.maxDatabaseBytes,
      minFreeDiskBytes: options.minFreeDiskBytes,
      lastAliveMs: lastRun?.heartbeatMs ?? null,
      timing: { ...KEEPER_TIMING, ...limits.keeper },
    },
    createKeeperEvents({ registry, state, log }),
  )

  const stop = async (): Promise<void> => {
    // What has arrived is committed and acknowledged; what has not is still with its agent, which sends it again.
    connections.stopReading()
    await store.writer.flush()
    await connections.close()
    live.close()
    await server.close()
    await access.close()
    await certWatch.close()
    await alerting.close()
    await graphs.close()
    await journal.close()
    await packages.close()
    await keeper.close()
    await housekeeping.close()
    fleet.close()
    if (!(await store.close())) log.error('the last ticks could not be written; agents keep them')
    directoryLock.close()
    registry.clear()
  }
  let stopping: Promise<void> | undefined

  return {
    listen: () => server.listen(options.listen),
    close: () => (stopping ??= stop()),
    people,
    tokens,
    enrolments,
    fleet,
    alerting,
    certWatch,
    state,
    store,
    registry,
    routes: () => server.routeTable,
  }
}

function raise(error: Error): never {
  throw error
}
