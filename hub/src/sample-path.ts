// Owns how what an agent sends travels through the hub: to the pages that watch, to alerts, to the disk.
import type { FastifyBaseLogger } from 'fastify'
import type { Alerts } from './alerts/alerts.ts'
import type { Clock } from './clock.ts'
import type { Fleet } from './fleet/fleet.ts'
import { writeAgentsWord } from './gaps/agents-word.ts'
import type { AgentEvents, Roster } from './ingest/ports.ts'
import type { KnownHosts } from './known-hosts.ts'
import type { Live } from './live/live.ts'
import type { Admission } from './store/admission.ts'
import type { HostJournal } from './store/host-journal.ts'
import type { PackageJournal } from './store/package-journal.ts'
import type { Store } from './store/store.ts'

export interface SamplePathParts {
  readonly store: Store
  readonly hosts: KnownHosts
  /** Machines with a good token wait until an administrator approves them. */
  readonly isApprovalNeeded: boolean
  /** Ends the connection of a host whose key is another from now on. */
  readonly expel: (hostId: number) => void
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
      const earlierBoot = fleet.host(host.id)?.bootId
      if (goodbye !== null) journal.goodbye(host.id, null)
      // After a restart of the hub a whole fleet comes back and says what it said before.
      const earlierMs = fleet.host(host.id)?.facts.intervalMs
      if (fleet.connected(host.id, facts)) journal.facts(host.id, facts)
      // What ended while the hub was away is told with the time at which it ended.
      const startMs = runningForMs === undefined ? undefined : clock.nowMs() - runningForMs
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
      if (startMs !== undefined && isNewStart(startMs, starts.get(host.id), clock.nowMs())) {
        note(host.id, 'started', agentVersion, startMs)
        starts.set(host.id, startMs)
      } else if (startMs !== undefined && earlierMs !== intervalMs) {
        note(host.id, 'paced', String(intervalMs))
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
    onOverQuota(hostId, what) {
      fleet.exceeded(hostId, what)
      note(hostId, 'over-quota', what)
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
  const { store, hosts, packages, clock, isApprovalNeeded } = parts
  return {
    packagesHash: (hostId) => packages.hashOf(hostId),
    standingOf: (publicKey) => hosts.standingOf(publicKey),
    findEnrolment: (id) => store.enrolments.find(id),
    async join(
      { publicKey, hostname, bootId, agentVersion, intervalMs },
      { enrolmentId, address },
    ) {
      const facts = { publicKey, hostname, bootId, agentVersion, intervalMs }
      const machine = { ...facts, enrolmentId, nowMs: clock.nowMs() }
      if (isApprovalNeeded) {
        if (await store.enrolments.redeemLater({ ...machine, address })) hosts.await(publicKey)
      } else {
        const admission = await store.enrolments.redeem(machine)
        if (admission) takeIn(admission, hostname, parts)
      }
      return hosts.standingOf(publicKey)
    },
  }
}

/** A machine has joined: as a new host, or as the new agent of one that is there. */
export function takeIn(
  { host, replacedKey }: Admission,
  hostname: string,
  parts: Pick<SamplePathParts, 'hosts' | 'fleet' | 'journal' | 'clock' | 'expel'>,
): void {
  const { hosts, fleet, journal, clock } = parts
  if (replacedKey !== null) {
    hosts.revoke(replacedKey)
    parts.expel(host.id)
    // Another machine's boot is no reboot of this one.
    fleet.changed(host.id, { bootId: host.bootId, revokedMs: null })
  }
  hosts.add(host)
  fleet.add(host)
  const kind = replacedKey === null ? 'joined' : 'replaced'
  journal.event({ timeMs: clock.nowMs(), hostId: host.id, kind, detail: hostname })
}
