// Composes status pages: of the fleet as it stands, its incidents, its maintenance windows and its gaps.
import type { Alerting } from './alerting.ts'
import type { Clock } from './clock.ts'
import type { Fleet } from './fleet/fleet.ts'
import { graceMs } from './fleet/host-status.ts'
import { createGapReader } from './gaps/gap-reader.ts'
import type { PageHost } from './status-pages/ports.ts'
import { createStatusPages, type StatusPages } from './status-pages/status-pages.ts'
import type { Store } from './store/store.ts'

export interface StatusParts {
  readonly store: Store
  readonly fleet: Fleet
  readonly alerting: Pick<Alerting, 'alerts'>
  /** How long it is kept where a host had ticks. */
  readonly retentionMs: number
  readonly clock: Clock
}

export async function composeStatusPages(parts: StatusParts): Promise<StatusPages> {
  const { store, fleet, alerting, retentionMs, clock } = parts
  // Strangers make nobody commit before it is time: what is committed is enough.
  const history = store.committedHistory
  const pages = await createStatusPages({
    store: store.statusPages,
    sources: {
      hosts: () => pageHosts(fleet),
      incidents: () => alerting.alerts.open().filter(({ state }) => state !== 'pending'),
      maintenance: (fromMs, toMs) => alerting.alerts.silencing.maintenanceTimes(fromMs, toMs),
      gaps: createGapReader({ ...store, history, retentionMs }),
      async firstTickMs(hostId, fromMs) {
        const [first] = await history.stretches({ hostId, fromMs, toMs: clock.nowMs() })
        return first?.fromMs
      },
      graceMs,
      retentionMs,
    },
    clock,
  })
  fleet.listen({
    onHostsChanged: () => undefined,
    onHostsRemoved: () => pages.hostsRemoved(),
    onFigures: () => undefined,
  })
  return pages
}

function pageHosts(fleet: Fleet): PageHost[] {
  return fleet.list().flatMap((host) => {
    const createdMs = fleet.host(host.id)?.seed.createdMs
    return createdMs === undefined ? [] : [{ ...host, createdMs }]
  })
}
