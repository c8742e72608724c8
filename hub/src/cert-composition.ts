// Composes the CERT watch into the hub: which sources it reads and with what, how they are compared, and who is told.
import type { FastifyBaseLogger } from 'fastify'
import type { Registry } from 'prom-client'
import packageJson from '../package.json' with { type: 'json' }
import { createAdvisoryComparison } from './advisory-comparison.ts'
import type { Alerting } from './alerting.ts'
import type { People } from './auth/people.ts'
import { createSources } from './cert/create-sources.ts'
import type { AdvisorySource } from './cert/ports.ts'
import { uncomparedHosts } from './cert/uncompared-hosts.ts'
import { createWatchMetrics } from './cert/watch-metrics.ts'
import { readCertSettings, type CertSettings } from './cert-settings.ts'
import { createCertWatch, type CertWatchParts } from './cert-watch.ts'
import type { CertNews } from './cert-news.ts'
import type { Clock } from './clock.ts'
import { createAdvisoryMails } from './mail/advisory-mails.ts'
import { readMailSettings, type MailSettings } from './mail-settings.ts'
import { CAP_MS } from './mail/hourly-cap.ts'
import type { Settings } from './settings.ts'
import type { Store } from './store/store.ts'

export interface CertParts {
  readonly store: CertWatchParts['store'] & Pick<Store, 'notices' | 'watchFigures'>
  readonly databasePath: string
  /** What is not set is as usual, but for the sources: a hub that names none reads none. */
  readonly settings: Partial<CertSettings & MailSettings> &
    Pick<Settings, 'dataDirectory' | 'publicUrl'>
  /** Instead of those that `certSources` names. */
  readonly sources: readonly AdvisorySource[] | undefined
  /** The hub's own, from which the offset of its times is made. */
  readonly secret: string
  readonly mailing: Alerting['mailing']
  readonly news: CertNews
  readonly people: Pick<People, 'administrators'>
  readonly registry: Registry
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly gatherMs: number | undefined
}

export type Cert = Awaited<ReturnType<typeof createCert>>

/** Begins to watch. */
export async function createCert(parts: CertParts) {
  const { store, databasePath, mailing, news, people, clock, log, gatherMs } = parts
  const settings = {
    ...readCertSettings({}),
    ...readMailSettings({}, {}),
    ...parts.settings,
    certSources: parts.settings.certSources ?? [],
  }
  const { dataDirectory, maxMailsPerHour } = settings
  const sources = createSources(settings, { version: packageJson.version, clock })
  const on = parts.sources ?? sources.on
  const debianDataUrl = on.find(({ id }) => id === 'debian')?.data?.url
  const request = { databasePath, dataDirectory, debianDataUrl }
  const comparison = createAdvisoryComparison(request, { log })
  const metrics = createWatchMetrics(parts.registry, {
    figures: () => store.watchFigures(),
    sources: on.map(({ id }) => id),
    clock,
    log,
  })
  const watch = await createCertWatch({
    store,
    sources: on,
    off: sources.off.filter(({ source }) => !on.some(({ id }) => id === source)),
    browser: sources.browser,
    cron: settings.certCron,
    seed: parts.secret,
    digestCron: settings.certDigestCron,
    zone: mailing.usual.zone,
    // A thread for nothing would be most of what it takes a new hub to start.
    compare: async () =>
      (await store.advisories.isEmpty())
        ? { put: [], gone: [] }
        : metrics.timed(() => comparison.compare()),
    onLearnt: ({ run }) => metrics.ran(run),
    ownAliases: () => comparison.ownAliases(),
    whyNot: (reference) => comparison.whyNot(reference),
    writeMails: createAdvisoryMails({
      ...mailing,
      administrators: async () => {
        const addresses = await people.administrators()
        return addresses.length > 0 ? addresses : mailing.recipients.defaults()
      },
      hasWebhook: settings.webhookUrl !== undefined,
      composedSince: (recipient, sinceMs) => store.notices.composedSince(recipient, sinceMs),
      maxMailsPerHour,
      uncompared: async () => uncomparedHosts(await store.packages.told()).length,
      clock,
    }),
    room: async () => {
      const written = await store.notices.alertMailsSince(clock.nowMs() - CAP_MS)
      return Math.max(0, maxMailsPerHour - written)
    },
    onWritten: mailing.onWritten,
    onChanged: (part, about) => news.changed(part, about),
    clock,
    log,
    ...(gatherMs !== undefined && { gatherMs }),
  })
  mailing.onTried(({ kind, id }) => {
    if (kind !== 'advisory' && kind !== 'advisory-digest' && kind !== 'watch') return
    store.news.hostsOfMail(id).then(
      (about) => news.changed('advisories', about),
      (error: unknown) => log.error({ err: error }, 'which hosts a mail is about is not known'),
    )
  })
  return {
    ...watch,

    async close(): Promise<void> {
      await watch.close()
      await comparison.close()
    },
  }
}
