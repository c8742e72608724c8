// Owns which incidents are open now, as the live connection tells them: for the page of incidents, the fleet and a host.
import type { Incident } from '@vigie/shared/api/incident'
import type { IncidentListener, LiveConnection } from '../live/live-connection.svelte.ts'
import { bySeverity, isOpen, isSpokenFor } from './incident-order.ts'

type Heard = Parameters<IncidentListener['onIncidents']>[0]

export class OpenIncidents implements IncidentListener {
  /** The most severe first, then the oldest. */
  list = $state.raw<readonly Incident[]>([])
  /** False until the hub has told what is open. */
  isLoaded = $state(false)

  /** Those that speak for themselves: not the ones of hosts that the hub has lost sight of. */
  readonly shown: readonly Incident[] = $derived.by(() => {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- lives for this reading only
    const ids = new Set(this.list.map(({ id }) => id))
    return this.list.filter((incident) => !isSpokenFor(incident, ids))
  })
  readonly byHost: ReadonlyMap<number, readonly Incident[]> = $derived.by(() => {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew with each list
    const byHost = new Map<number, Incident[]>()
    for (const incident of this.list) {
      if (incident.hostId === null) continue
      const others = byHost.get(incident.hostId)
      if (others) others.push(incident)
      else byHost.set(incident.hostId, [incident])
    }
    return byHost
  })

  // Nothing renders from it: `list` is made from it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #byId = new Map<number, Incident>()
  #stop: (() => void) | undefined

  start(live: Pick<LiveConnection, 'watchIncidents'>): void {
    this.#stop ??= live.watchIncidents(this)
  }

  /** Forgets everything: somebody else may sign in. */
  stop(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#byId.clear()
    this.list = []
    this.isLoaded = false
  }

  onIncidents({ changed, removed }: Heard, isAll: boolean): void {
    if (isAll) this.#byId.clear()
    for (const incident of changed) this.#take(incident)
    for (const id of removed) this.#byId.delete(id)
    this.list = [...this.#byId.values()].sort(bySeverity)
    this.isLoaded = true
  }

  #take(incident: Incident): void {
    if (isOpen(incident)) this.#byId.set(incident.id, incident)
    else this.#byId.delete(incident.id)
  }
}
