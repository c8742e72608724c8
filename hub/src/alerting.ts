// Composes how what is wrong becomes mail: alerts write notices, the composer makes mails of them, the sender delivers.
import { readFile } from 'node:fs/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Registry } from 'prom-client'
import packageJson from '../package.json' with { type: 'json' }
import { createAlertMetrics } from './alerts/alert-metrics.ts'
import { createAlerts, type AlertTiming } from './alerts/alerts.ts'
import { faultOfWindow } from './alerts/window-times.ts'
import type { AlertingOptions } from './api/plugin.ts'
import type { Clock } from './clock.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { HubState } from './hub-state.ts'
import { createIncidentBoard } from './incident-board.ts'
import { createIncidentDesk } from './incident-desk.ts'
import { createIncidentReader } from './incident-reader.ts'
import type { MailSettings } from './mail-settings.ts'
import { createActionTokens } from './mail/action-tokens.ts'
import { createComposer } from './mail/composer.ts'
import { startHeartbeat } from './mail/heartbeat.ts'
import { createLetterWriter } from './mail/letter-writer.ts'
import { createMailLinks } from './mail/links.ts'
import { createMailMetrics } from './mail/mail-metrics.ts'
import { watchMail } from './mail/mail-problems.ts'
import type { ChartPainter, OutboxMail } from './mail/ports.ts'
import { createRecipients, toldByDefault } from './mail/recipients.ts'
import { createRelay } from './mail/relay.ts'
import { createSampleMails } from './mail/sample-letters.ts'
import { createSender, SENDER_LIMITS, type SenderLimits } from './mail/sender.ts'
import { createWebhook } from './mail/webhook.ts'
import { createWeekly } from './mail/weekly.ts'
import { createRuleReplay } from './rule-replay.ts'
import type { Store } from './store/store.ts'
import { createWeekReader } from './week-reader.ts'

export interface AlertingParts {
  readonly store: Store
  readonly fleet: Fleet
  readonly state: HubState
  readonly painter: ChartPainter & { getReady(): void }
  readonly settings: MailSettings & { readonly retentionMs: number }
  /** The hub's own, from which the keys of mails' buttons are derived. */
  readonly secret: string
  /** The address at which people reach the hub. */
  readonly hubUrl: () => string
  /** When an earlier run of the hub last lived; null when this is the first one. */
  readonly lastAliveMs: number | null
  readonly isHealthy: () => Promise<boolean>
  /** False while nothing is read of what agents send. */
  readonly isListening: () => boolean
  readonly registry: Registry
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly timing?: Partial<AlertTiming>
  readonly senderLimits?: Partial<SenderLimits>
}

export type Alerting = Awaited<ReturnType<typeof createAlerting>>

/** A mail of which a relay has said something. */
export type TriedMail = Pick<OutboxMail, 'id' | 'kind'>

const LEDGER_DAYS_MS = 10 * 86_400_000

/** Begins with what the last run left: incidents go on, and mails that wait are sent. */
export async function createAlerting(parts: AlertingParts) {
  const { store, fleet, state, painter, settings, registry, clock, log } = parts
  const { mailFrom: from, mailLanguage: locale, mailZone: zone } = settings
  const recipients = await createRecipients({ records: store.recipients, settings })
  const tokens = createActionTokens(parts.secret, clock)
  const links = createMailLinks(parts.hubUrl, tokens)
  const usual = { locale, zone }
  const byDefault = (): string[] => toldByDefault(recipients, settings)

  // Alerts write while the rest is still being made; the composer begins with what waits.
  let wakeComposer = (): void => undefined
  const alerts = await createAlerts({
    store: store.alerts,
    ruleStore: store.rules,
    silenceStore: store.silences,
    fleet: {
      hosts: () => fleet.watchedHosts(),
      host: (id) => fleet.watchedHost(id),
      leftWhy: (id) => fleet.leftWhy(id),
    },
    recentSnapshots: (hostId) => fleet.recentSnapshots(hostId),
    lastTick: (hostId) => fleet.host(hostId)?.latest,
    history: store.committedHistory,
    defaultRecipients: byDefault,
    isListening: parts.isListening,
    clock,
    log,
    metrics: createAlertMetrics(registry),
    onNotices: () => {
      wakeComposer()
      painter.getReady()
    },
    ...(parts.timing && { timing: parts.timing }),
  })
  const board = await createIncidentBoard({
    alerts,
    records: store.alerts,
    hostName: (id) => fleet.alertHost(id)?.name ?? null,
    log,
  })
  const reader = createIncidentReader({
    records: store.alerts,
    alerts,
    fleet,
    history: store.history,
    clock,
  })

  const tried = new Set<(mail: TriedMail) => void>()
  const sender = createSender(
    {
      outbox: store.outbox,
      relays: await createRelays(settings, SENDER_LIMITS.maxAtOnce),
      webhook:
        settings.webhookUrl &&
        createWebhook({ url: settings.webhookUrl, secret: settings.webhookSecret, clock }),
      metrics: createMailMetrics(registry),
      clock,
      log,
      onAttempt: (mail) => {
        problems.look()
        board.renew()
        for (const listener of tried) listener(mail)
      },
    },
    { ...SENDER_LIMITS, ...parts.senderLimits },
  )
  const problems = watchMail({ outbox: store.outbox, problems: state, clock, log })
  const onWritten = (): void => {
    sender.wake()
    board.renew()
  }
  const composer = createComposer({
    notices: store.notices,
    writeLetter: createLetterWriter({ incidents: reader, painter, recipients, usual, links, log }),
    holds: alerts.holds,
    clock,
    log,
    from,
    maxMailsPerHour: settings.maxMailsPerHour,
    onComposed: onWritten,
  })
  wakeComposer = composer.wake
  const weekly = createWeekly({
    outbox: store.outbox,
    weeks: createWeekReader({
      fleet,
      records: store.alerts,
      facts: (ids) => reader.facts(ids),
      ledger: store.ledger,
      database: () => state.database(),
      hubVersion: packageJson.version,
    }),
    recipients,
    links,
    clock,
    log,
    cron: settings.weeklyCron,
    zone,
    from,
    lastAliveMs: parts.lastAliveMs,
    onWritten,
  })
  const heartbeat =
    settings.heartbeatUrl &&
    startHeartbeat({ url: settings.heartbeatUrl, isHealthy: parts.isHealthy, clock, log })
  const sendTests = createSampleMails({
    outbox: store.outbox,
    painter,
    recipients,
    usual,
    links,
    clock,
    from,
    onWritten,
  })

  const { silencing } = alerts
  const api: AlertingOptions = {
    clock,
    incidents: createIncidentDesk({ alerts, board, reader, records: store.alerts }),
    rules: {
      list: () => alerts.rules(),
      create: (draft) => alerts.createRule(draft),
      change: (id, draft) => alerts.changeRule(id, draft),
      delete: (id) => alerts.deleteRule(id),
      preview: (draft) => alerts.preview(draft),
    },
    replay: createRuleReplay({
      hosts: () => fleet.list(),
      read: store,
      defaultRecipients: byDefault,
      maxMailsPerHour: settings.maxMailsPerHour,
      retentionMs: settings.retentionMs,
      clock,
    }),
    silences: {
      list: () => silencing.silences(),
      async create(draft, by) {
        const silence = await silencing.silence(draft, by)
        board.renew()
        return silence
      },
      async end(id) {
        const isEnded = await silencing.endSilence(id)
        board.renew()
        return isEnded
      },
    },
    windows: {
      list: () => silencing.windows(),
      create: async (draft) => faultOfWindow(draft) ?? silencing.createWindow(draft),
      change: async (id, draft) => faultOfWindow(draft) ?? silencing.changeWindow(id, draft),
      delete: (id) => silencing.deleteWindow(id),
    },
    ledger: store.ledger,
    mailDesk: {
      setup: async () => ({
        relay: shownRelay(settings.smtpUrl),
        fallbackRelay: shownRelay(settings.smtpFallbackUrl),
        from,
        webhook: settings.webhookUrl?.host ?? null,
        heartbeat: heartbeat?.state() ?? null,
        recipients: [...recipients.list()],
        maxMailsPerHour: settings.maxMailsPerHour,
        ...(await store.ledger.counts(clock.nowMs() - LEDGER_DAYS_MS)),
      }),
      putRecipient: (address, draft) => recipients.put(address, draft),
      deleteRecipient: (address) => recipients.delete(address),
      retry: () => sender.hurry(),
      sendTests,
    },
    mailActions: tokens,
    async tagHost(id, tags) {
      if (!fleet.alertHost(id)) return undefined
      await store.hosts.recordTags(id, tags)
      fleet.tagged(id, tags)
      return fleet.detail(id)
    },
  }

  return {
    alerts,
    board,
    api,

    /** For what else is mailed; `onTried` is told of each mail that was tried. */
    mailing: {
      recipients,
      usual,
      links,
      from,
      onWritten,
      onTried: (listener: (mail: TriedMail) => void) => void tried.add(listener),
    },

    /** Writes what is decided, and waits a little for the mail that is under way. */
    async close(): Promise<void> {
      await heartbeat?.close()
      await weekly.close()
      await alerts.close()
      await composer.close()
      await sender.close()
      await problems.close()
      board.close()
    },
  }
}

async function createRelays(settings: MailSettings, maxConnections: number) {
  const { smtpUrl, smtpFallbackUrl, smtpTls: tls, smtpCaFile, mailFrom: from } = settings
  const authority = smtpCaFile === undefined ? undefined : await readFile(smtpCaFile, 'utf8')
  const common = { tls, authority, from, maxConnections }
  return [
    ...(smtpUrl ? [createRelay({ name: 'primary', url: smtpUrl, ...common })] : []),
    ...(smtpFallbackUrl
      ? [createRelay({ name: 'fallback', url: smtpFallbackUrl, ...common })]
      : []),
  ]
}

/** Without its password. */
function shownRelay(url: URL | undefined): string | null {
  return url ? `${url.protocol}//${url.host}` : null
}
