// Owns how what an agent sends travels through the hub: to the pages that watch, to alerts, to the disk.
import type { FastifyBaseLogger } from 'fastify'
import type { Alerts } from './alerts/alerts.ts'
import type { Clock } from './clock.ts'
import type { Fleet } from './fleet/fleet.ts'
import { writeAgentsWord } from './gaps/agents-word.ts'
import type { AgentEvents, Roster } from './ingest/ports.ts'
import type { KnownHosts } from './known-hosts.ts'
import type { Live } from './live/live.ts'
import type { HostJournal } from './store/host-journal.ts'
import type { PackageJournal } from './store/package-journal.ts'
import type { Store } from './store/store.ts'

export interface SamplePathParts {
  readonly store: Store
  readonly hosts: KnownHosts
  readonly journal: HostJournal
  readonly packages: PackageJournal
  readonly fleet: Fleet
  readonly live: Live
  readonly alerts: Alerts
  readonly hubStartedMs: number
  /** When the process of each host's agent was last known to have begun. */
  readonly agentStarts: Iterable<readonly [hostId: number, startedMs: number]>
  readonly clock: Clock
  readonly log: FastifyBaseLogger
}

/** Whom ingest tells of what. Trouble of those who only look on is logged and ends here. */
export function createSamplePath(parts: SamplePathParts): AgentEvents {
  const { store, hosts, journal, packages, fleet, live, alerts, clock, log } = parts
  const { hubStartedMs, agentStarts } = parts
  const boots = new Map<number, string | null>(fleet.boots())
  const starts = new Map(agentStarts)
  const note = (
    hostId: number,
    kind: Parameters<HostJournal['event']>[0]['kind'],
    detail = '',
    timeMs = clock.nowMs(),
  ): void => journal.event({ timeMs, hostId, kind, detail: detail === '' ? null : detail })

  const attempt = (what: string, work: () => void): void => {
    try {
      work()
    } catch (error) {
      log.error({ err: error }, what)
    }
  }
  const show = (showing: () => void): void =>
    attempt('browsers could not be shown what arrived', showing)
  const judge = (judging: () => void): void =>
    attempt('what arrived could not be judged by the rules', judging)

  return {
    onConnected(host, { bootId, agentVersion, intervalMs, runningForMs }) {
      const facts = { bootId, agentVersion, intervalMs }
      const goodbye = fleet.alertHost(host.id)?.goodbye ?? null
      if (goodbye !== null) journal.goodbye(host.id, null)
      // After a restart of the hub a whole fleet comes back and says what it said before.
      if (fleet.connected(host.id, facts)) journal.facts(host.id, facts)
      // What ended while the hub was away is told with the time at which it ended.
      const startMs = runningForMs === undefined ? undefined : clock.nowMs() - runningForMs
      const earlierBoot = boots.get(host.id)
      if (earlierBoot && earlierBoot !== bootId) note(host.id, 'booted', bootId, startMs)
      judge(() =>
        alerts.connected(host.id, {
          bootId,
          earlierBootId: earlierBoot ?? null,
          saidGoodbye: goodbye !== null,
          rebootedWhileHubAway: (startMs ?? Infinity) < hubStartedMs,
          startMs: startMs ?? clock.nowMs(),
        }),
      )
      boots.set(host.id, bootId)
      if (startMs !== undefined && isNewStart(startMs, starts.get(host.id), clock.nowMs())) {
        note(host.id, 'started', agentVersion, startMs)
        starts.set(host.id, startMs)
      }
      note(host.id, 'connected', agentVersion)
    },
    onDisconnected(hostId, reason) {
      note(hostId, 'disconnected', reason)
    },
    onHeard(hostId) {
      fleet.heard(hostId)
    },
    onTable(table) {
      store.writer.writeTable(table)
    },
    onTicks(frame) {
      // The pages first: they are sent what arrived before it is on the disk.
      show(() => {
        live.sendFrame(frame.hostId, frame)
        fleet.ticked(frame.hostId, frame)
      })
      store.writer.writeTicks(frame)
      judge(() => alerts.ticked(frame.hostId, frame))
    },
    onInventory(hostId, hash, inventory) {
      fleet.learnt(hostId, inventory)
      hosts.learnt(hostId, hash)
      journal.inventory(hostId, hash, inventory)
    },
    onPackages(hostId, change) {
      // An agent stamps by the hub's clock as it knows it, and a moment that is to come is none at which something was read.
      packages.add(hostId, { ...change, readMs: Math.min(change.readMs, clock.nowMs()) })
    },
    onSnapshot(hostId, snapshot) {
      fleet.showed(hostId, snapshot)
      show(() => live.sendSnapshot(hostId, snapshot))
    },
    onGap(hostId, gap) {
      note(hostId, 'gap', writeAgentsWord(gap), Math.min(gap.toMs, clock.nowMs()))
    },
    onGoodbye(hostId, reason) {
      fleet.said(hostId, reason)
      journal.goodbye(hostId, reason)
      note(hostId, 'goodbye', reason)
    },
    onDuplicate(hostId, duplicate) {
      fleet.duplicated(hostId, duplicate)
      note(hostId, 'duplicate', `${duplicate.hostname} at ${duplicate.address}`)
    },
  }
}

/** Two readings of one start differ by what the network took, and by how fast two clocks run apart. */
function isNewStart(startMs: number, knownMs: number | undefined, nowMs: number): boolean {
  const toleranceMs = 2000 + (nowMs - startMs) * 2e-4
  return knownMs === undefined || Math.abs(startMs - knownMs) > toleranceMs
}

/** The hosts that ingest may admit; one that joins enters the fleet at once. */
export function createRoster(parts: SamplePathParts): Roster {
  const { store, hosts, journal, packages, fleet, clock } = parts
  return {
    packagesHash: (hostId) => packages.hashOf(hostId),
    findHost: (publicKey) => Promise.resolve(hosts.find(publicKey)),
    findEnrolment: (id) => store.enrolments.find(id),
    async join(hello, enrolmentId) {
      const { publicKey, hostname, bootId, agentVersion, intervalMs } = hello
      const nowMs = clock.nowMs()
      const facts = { bootId, agentVersion, intervalMs }
      const host = await store.enrolments.redeem({
        enrolmentId,
        publicKey,
        hostname,
        nowMs,
        ...facts,
      })
      if (!host) return undefined
      hosts.add(host)
      fleet.add(host)
      journal.event({ timeMs: nowMs, hostId: host.id, kind: 'joined', detail: hostname })
      return host
    },
  }
}
