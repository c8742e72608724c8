// Owns what administrators do with hosts: every change is on the disk first, then in memory, where connections and pages heed it.
import { createHash } from 'node:crypto'
import type { WaitingMachine } from '@vigie/shared/api/host-change'
import type { HostEventKind } from '@vigie/shared/api/event'
import type { HostScope } from '@vigie/shared/api/rule'
import type { Alerts } from './alerts/alerts.ts'
import type { HostDesk } from './api/ports.ts'
import type { Clock } from './clock.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { AgentConnections } from './ingest/agent-connections.ts'
import type { Quotas } from './ingest/quotas.ts'
import type { KnownHosts } from './known-hosts.ts'
import { takeIn } from './sample-path.ts'
import type { HostJournal } from './store/host-journal.ts'
import type { Departure } from './store/host-changes.ts'
import type { Store } from './store/store.ts'

export interface HostDeskParts {
  readonly store: Store
  readonly hosts: KnownHosts
  readonly fleet: Fleet
  readonly connections: AgentConnections
  readonly quotas: Quotas
  readonly alerts: Alerts
  readonly journal: HostJournal
  readonly clock: Clock
  /** Advisories are to be compared with the hosts anew. */
  readonly onFleetChanged: (hostId: number) => void
}

export function createHostDesk(parts: HostDeskParts): HostDesk {
  const { store, hosts, fleet, connections, alerts, journal, clock, onFleetChanged } = parts
  const { hostChanges, waitingMachines } = store
  const note = (hostId: number, kind: HostEventKind, detail: string | null = null): void =>
    journal.event({ timeMs: clock.nowMs(), hostId, kind, detail })

  /** No more comes of a host, and all that came is on the disk. */
  const silence = async (id: number): Promise<void> => {
    await alerts.forgetHost(id)
    await store.writer.flush()
    await journal.flush()
  }

  const depart = async (departure: Departure): Promise<void> => {
    const { hostId: id } = departure
    const key = hosts.keyOf(id)
    if (key !== undefined) hosts.revoke(key)
    connections.expel(id, 'revoked')
    fleet.remove(id)
    await silence(id)
    await hostChanges.depart(departure)
    hosts.remove(id)
    parts.quotas.forget(id)
    onFleetChanged(id)
  }

  return {
    async rename(id, name) {
      const before = fleet.find(id)?.name
      if (before === name) return true
      if (!(await hostChanges.rename(id, name))) return false
      hosts.rename(id, name)
      fleet.changed(id, { name })
      note(id, 'renamed', before ?? null)
      return true
    },

    async revoke(id) {
      const revokedMs = clock.nowMs()
      await hostChanges.revoke(id, revokedMs)
      const key = hosts.keyOf(id)
      if (key !== undefined) hosts.revoke(key)
      connections.expel(id, 'revoked')
      fleet.changed(id, { revokedMs })
      note(id, 'revoked')
      await silence(id)
    },

    async retire(id) {
      const retiredMs = clock.nowMs()
      await hostChanges.retire(id, retiredMs)
      hosts.retire(id, true)
      connections.expel(id, 'retired')
      fleet.changed(id, { retiredMs })
      note(id, 'retired')
      await silence(id)
      onFleetChanged(id)
    },

    async bringBack(id) {
      await hostChanges.retire(id, null)
      hosts.retire(id, false)
      fleet.changed(id, { retiredMs: null })
      note(id, 'returned')
      onFleetChanged(id)
    },

    async merge(id, { otherId, name }) {
      const [own, other] = [fleet.host(id)?.seed, fleet.host(otherId)?.seed]
      if (!own || !other) throw new Error(`of the hosts ${id} and ${otherId} one is gone`)
      const into = {
        name: name === 'own' ? own.name : other.name,
        createdMs: Math.min(own.createdMs, other.createdMs),
        tags: [...new Set([...own.tags, ...other.tags])],
      }
      await meanInstead(alerts, otherId, id)
      await depart({ hostId: otherId, intoId: id, into, nowMs: clock.nowMs() })
      hosts.rename(id, into.name)
      fleet.changed(id, into)
      note(id, 'merged', other.name)
    },

    delete: (id) => depart({ hostId: id, intoId: null, nowMs: clock.nowMs() }),

    waiting: async () => (await waitingMachines.list()).map(shownOf),

    async approve(waitingId) {
      const waiting = (await waitingMachines.list()).find((each) => each.id === waitingId)
      const admission = await waitingMachines.approve(waitingId, clock.nowMs())
      if (!waiting || !admission) return undefined
      const expel = (hostId: number): void => connections.expel(hostId, 'revoked')
      takeIn(admission, waiting.hostname, { ...parts, expel })
      return admission.host.id
    },

    async refuse(waitingId) {
      const key = await waitingMachines.refuse(waitingId, clock.nowMs())
      if (key !== undefined) hosts.revoke(key)
      return key !== undefined
    },
  }
}

function shownOf(
  machine: Omit<WaitingMachine, 'keyFingerprint'> & { readonly publicKey: string },
): WaitingMachine {
  const { id, hostname, address, agentVersion, publicKey, askedMs, name, replacesHostId } = machine
  const key = Buffer.from(publicKey, 'base64url')
  const keyFingerprint = createHash('sha256').update(key).digest('base64url')
  return { id, hostname, address, agentVersion, keyFingerprint, askedMs, name, replacesHostId }
}

/** Rules, silences and windows that name a host name another in its place. */
async function meanInstead(alerts: Alerts, hostId: number, instead: number): Promise<void> {
  const renamed = (scope: HostScope): HostScope | undefined => {
    if (scope.type !== 'hosts' || !scope.hostIds.includes(hostId)) return undefined
    const hostIds = scope.hostIds.map((id) => (id === hostId ? instead : id))
    return { ...scope, hostIds: [...new Set(hostIds)] }
  }
  for (const rule of alerts.rules()) {
    const scope = renamed(rule.scope)
    if (scope) await alerts.changeRule(rule.id, { ...without(rule, 'id', 'key'), scope })
  }
  const { silencing } = alerts
  for (const silence of silencing.silences()) {
    const scope = renamed(silence.scope)
    if (!scope) continue
    const draft = without(silence, 'id', 'createdBy', 'createdMs')
    await silencing.silence({ ...draft, scope }, silence.createdBy)
    await silencing.endSilence(silence.id)
  }
  for (const window of silencing.windows()) {
    const scope = renamed(window.scope)
    if (scope) await silencing.changeWindow(window.id, { ...without(window, 'id', 'next'), scope })
  }
}

function without<Kept extends object, Key extends keyof Kept & string>(
  kept: Kept,
  ...keys: readonly Key[]
): Omit<Kept, Key> {
  const isLeftOut = (key: string): boolean => keys.some((each) => each === key)
  const entries = Object.entries(kept).filter(([key]) => !isLeftOut(key))
  return Object.fromEntries(entries) as Omit<Kept, Key>
}
