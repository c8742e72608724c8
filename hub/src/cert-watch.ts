// Composes the CERT watch: sources are read when they are due, what is new is compared with the fleet, and news become mail.
import type { AdvisorySourceId, WhyNot } from '@vigie/shared/api/advisory'
import type { CertWatch } from '@vigie/shared/api/cert-watch'
import type { FastifyBaseLogger } from 'fastify'
import { createAdvisoryDesk, inSight } from './advisory-desk.ts'
import type { CertDesk, HostsInSight } from './api/cert-ports.ts'
import type { CertNews } from './cert-news.ts'
import { createMatching } from './cert/matching.ts'
import type { AdvisorySource } from './cert/ports.ts'
import { createSchedule } from './cert/schedule.ts'
import { SourceWatch } from './cert/source-watch.ts'
import { Teller, type Told } from './cert/teller.ts'
import { uncomparedHosts } from './cert/uncompared-hosts.ts'
import type { Learnt, VerdictChanges } from './cert/watch-ports.ts'
import type { Clock } from './clock.ts'
import type { NewMail } from './mail/ports.ts'
import { createWakeLoop } from './mail/wake-loop.ts'
import type { Store } from './store/store.ts'

export interface CertWatchParts {
  readonly store: Pick<Store, 'advisories' | 'watch' | 'verdicts' | 'news' | 'packages'>
  readonly sources: readonly AdvisorySource[]
  /** Sources that are off, and where they would be read. */
  readonly off: readonly { readonly source: AdvisorySourceId; readonly url: string }[]
  /** Five cron fields, UTC. */
  readonly cron: string
  /** Of this hub, from which the offset of its times is made. */
  readonly seed: string
  /** Five cron fields, by the clocks of `zone`. */
  readonly digestCron: string
  readonly zone: string
  readonly compare: () => Promise<VerdictChanges>
  readonly ownAliases: () => number
  /** Why an open alert concerns no host; undefined while that is not known. */
  readonly whyNot: (reference: string) => WhyNot | undefined
  /** The path of the Chromium that is used; undefined when there is none. */
  readonly browser: () => string | undefined
  readonly writeMails: (told: Told, key: string, to: 'everybody' | 'admins') => Promise<NewMail[]>
  /** A run is written. */
  readonly onLearnt: (learnt: Learnt) => void
  /** How many mails about alerts may be written now. */
  readonly room: () => Promise<number>
  /** Mails are in the outbox. */
  readonly onWritten: () => void
  /** What is told of advisories, or of the watch, is another than before. */
  readonly onChanged: CertNews['changed']
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  readonly gatherMs?: number
}

const DELAY_DAYS_MS = 30 * 86_400_000
/** The newest, of all sources. */
const SHOWN_RUNS = 100
const RETRY_MS = 10_000

/** Sources that were due while the hub was away, or that were never read, are read at once. */
export async function createCertWatch(parts: CertWatchParts) {
  const { store, clock, log, cron, seed, onChanged } = parts
  const { advisories } = store
  const states = await store.watch.states()
  const matching = createMatching({
    compare: parts.compare,
    verdicts: store.verdicts,
    clock,
    log,
    onMatched(hostIds) {
      loop.wake()
      onChanged('advisories', hostIds)
      onChanged('watch', hostIds)
    },
    ...(parts.gatherMs !== undefined && { gatherMs: parts.gatherMs }),
  })
  const watches = parts.sources.map(
    (source) =>
      new SourceWatch(source, {
        store: { ...store.watch, known: (id) => advisories.known(id) },
        schedule: createSchedule({ cron, seed: `${seed} ${source.id}` }),
        state: states.find((state) => state.source === source.id),
        clock,
        log,
        onRun: () => onChanged('watch'),
        onLearnt(learnt) {
          parts.onLearnt(learnt)
          if (learnt.advisories.length > 0) {
            matching.advisoriesChanged()
            onChanged('advisories')
          }
          loop.wake()
        },
      }),
  )
  const isReading = (): boolean => watches.some(({ isRunning }) => isRunning)
  const teller = new Teller<NewMail>({
    news: store.news,
    advisories: {
      told: (references) => advisories.told(references),
      open: async (source) => advisories.told(await advisories.openAlerts(source)),
    },
    writeMails: parts.writeMails,
    room: parts.room,
    // What a run has written may be to be compared: it says so as it ends.
    isMatched: () => matching.isSettled() && !isReading(),
    isBegun: () => watches.every(({ hasRun }) => hasRun),
    clock,
    log,
    digestCron: parts.digestCron,
    zone: parts.zone,
    onWritten(told) {
      parts.onWritten()
      onChanged(
        'advisories',
        told.map(({ hostId }) => hostId),
      )
    },
  })
  let isFailing = false
  const loop = createWakeLoop(async () => {
    try {
      const waitMs = await teller.look()
      isFailing = false
      return waitMs
    } catch (error) {
      if (!isFailing) log.error({ err: error }, 'news of the watch cannot be read; tried again')
      isFailing = true
      return RETRY_MS
    }
  })

  const cert: CertDesk = {
    state: async (hostIds): Promise<CertWatch> => ({
      sources: [
        ...watches.map((watch) => watch.told()),
        ...parts.off.map(({ source, url }) => ({
          source,
          isOn: false,
          url,
          isRunning: false,
          nextRunMs: null,
          failedInARow: 0,
          wellSinceMs: null,
          lastChangeMs: null,
        })),
      ],
      browser: parts.browser() ?? null,
      runs: await store.watch.runs(SHOWN_RUNS),
      mailDelay: await advisories.mailDelay(clock.nowMs() - DELAY_DAYS_MS),
      compared: await compared(hostIds),
    }),
    check() {
      if (watches.length === 0) return 'off'
      // Each is asked, whatever the others say.
      return watches.filter((watch) => watch.check()).length > 0 ? 'started' : 'running'
    },
    screenshot: (runId) => store.watch.screenshot(runId),
    html: (runId) => store.watch.html(runId),
  }

  async function compared(hostIds: HostsInSight): Promise<CertWatch['compared']> {
    const told = inSight(await store.packages.told(), hostIds)
    const times = told.flatMap(({ readMs }) => readMs ?? []).sort((a, b) => a - b)
    return {
      hosts: times.length,
      packages: told.reduce((sum, { packages }) => sum + (packages ?? 0), 0),
      without: uncomparedHosts(told),
      ownAliases: parts.ownAliases(),
      matchedMs: matching.matchedMs(),
      oldestListMs: times[0] ?? null,
      newestListMs: times.at(-1) ?? null,
      debian: (await debian?.kept()) ?? null,
    }
  }

  const debian = parts.sources.find(({ id }) => id === 'debian')?.data
  debian?.onChanged(() => matching.advisoriesChanged())
  for (const watch of watches) watch.start()
  loop.wake()
  return {
    cert,
    advisories: createAdvisoryDesk({
      store,
      whyNot: parts.whyNot,
      onChanged: (hostIds) => onChanged('advisories', hostIds),
    }),

    /** What a host has installed is another than before. */
    packagesChanged: (hostId: number) => matching.packagesChanged(hostId),

    /** Reads every source that is on; resolves when they are read. */
    async checkNow(): Promise<void> {
      cert.check()
      await Promise.all(watches.map((watch) => watch.settled()))
    },

    /** Ends what is being read: nothing of it is written. */
    async close(): Promise<void> {
      await Promise.all(watches.map((watch) => watch.close()))
      await matching.close()
      await loop.close()
    },
  }
}
