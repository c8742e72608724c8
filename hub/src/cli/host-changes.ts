// Owns `vigie host`: what administrators do with hosts and with machines that wait, asked of the hub that runs.
import type { HostDetail } from '@vigie/shared/api/host'
import {
  HostName,
  type ApprovedMachine,
  type RetiredHostList,
  type WaitingMachine,
  type WaitingMachineList,
} from '@vigie/shared/api/host-change'
import { Value } from 'typebox/value'
import { apiSource } from './api-source.ts'
import { CommandError } from './command-error.ts'
import type { HubApi } from './hub-api.ts'
import { withRunningHub } from './local-hub.ts'
import { namedHost } from './named-host.ts'

type Hub = string | undefined

/** Throws a {@link CommandError} for a name that no host may have. */
export function rename(written: string, name: string, hub: Hub): Promise<HostDetail> {
  const isName = (text: string): boolean => Value.Check(HostName, text)
  if (!isName(name)) {
    throw new CommandError(
      `"${name}" is not a name for a host: up to 64 characters, no spaces and no slash`,
      { exitCode: 2 },
    )
  }
  return withRunningHub(hub, async (api) => {
    const { id } = namedHost(await apiSource(api).hosts(), written)
    return (await api.put(`/api/v1/hosts/${id}/name`, { name })) as HostDetail
  })
}

export function revoke(written: string, hub: Hub): Promise<HostDetail> {
  return changed(written, 'revoke', hub)
}

export function retire(written: string, hub: Hub): Promise<HostDetail> {
  return changed(written, 'retire', hub)
}

function changed(written: string, verb: 'revoke' | 'retire', hub: Hub): Promise<HostDetail> {
  return withRunningHub(hub, async (api) => {
    const { id } = namedHost(await apiSource(api).hosts(), written)
    return (await api.post(`/api/v1/hosts/${id}/${verb}`, {})) as HostDetail
  })
}

/** Throws a {@link CommandError} when no retired host is called so. */
export function bringBack(written: string, hub: Hub): Promise<HostDetail> {
  return withRunningHub(hub, async (api) => {
    const { id } = await retiredHost(api, written)
    return (await api.post(`/api/v1/hosts/${id}/bring-back`, {})) as HostDetail
  })
}

async function retiredHost(api: HubApi, written: string): Promise<{ id: number; name: string }> {
  const { items } = (await api.get('/api/v1/retired-hosts')) as RetiredHostList
  const host =
    items.find(({ name }) => name === written) ?? items.find(({ id }) => String(id) === written)
  if (host) return host
  const names = items.map(({ name }) => name).join(', ') || 'none'
  throw new CommandError(`no retired host is called "${written}"; retired: ${names}`)
}

/** The first one's history comes to the second one, which keeps its own name unless `isNameKept`. */
export function merge(
  { from, into, isNameKept }: { from: string; into: string; isNameKept: boolean },
  hub: Hub,
): Promise<HostDetail> {
  return withRunningHub(hub, async (api) => {
    const hosts = await apiSource(api).hosts()
    const { id } = namedHost(hosts, into)
    const otherId = hosts.some(({ name }) => name === from)
      ? namedHost(hosts, from).id
      : await retiredHost(api, from).then(
          (host) => host.id,
          () => namedHost(hosts, from).id,
        )
    const request = { otherId, name: isNameKept ? 'other' : 'own' }
    return (await api.post(`/api/v1/hosts/${id}/merge`, request)) as HostDetail
  })
}

/** `confirmed` is the host's name, said twice as it cannot be undone. Throws a {@link CommandError} when it is another. */
export function deleteHost(written: string, confirmed: string, hub: Hub): Promise<void> {
  return withRunningHub(hub, async (api) => {
    const hosts = await apiSource(api).hosts()
    const isKnown = hosts.some(({ id, name }) => name === written || String(id) === written)
    const { id } = isKnown ? namedHost(hosts, written) : await retiredHost(api, written)
    await api.tell(`/api/v1/hosts/${id}/delete`, { name: confirmed })
  })
}

export function waitingMachines(hub: Hub): Promise<WaitingMachine[]> {
  return withRunningHub(hub, listWaiting)
}

async function listWaiting(api: HubApi): Promise<WaitingMachine[]> {
  return ((await api.get('/api/v1/waiting-machines')) as WaitingMachineList).items
}

/** By its hostname, or its number. Throws a {@link CommandError} when none waits, or several are called so. */
export function approve(written: string, hub: Hub): Promise<number> {
  return withRunningHub(hub, async (api) => {
    const { id } = machineOf(await listWaiting(api), written)
    const answer = await api.post(`/api/v1/waiting-machines/${id}/approve`, {})
    return (answer as ApprovedMachine).hostId
  })
}

export function refuse(written: string, hub: Hub): Promise<void> {
  return withRunningHub(hub, async (api) => {
    const { id } = machineOf(await listWaiting(api), written)
    await api.tell(`/api/v1/waiting-machines/${id}/refuse`, {})
  })
}

function machineOf(machines: readonly WaitingMachine[], written: string): WaitingMachine {
  const named = machines.filter(({ hostname }) => hostname === written)
  const [machine] = named.length > 0 ? named : machines.filter(({ id }) => String(id) === written)
  if (machine && named.length <= 1) return machine
  throw new CommandError(
    named.length > 1
      ? `several machines say that they are "${written}": name one by its number, ${named.map(({ id }) => id).join(', ')}`
      : `no machine "${written}" waits: \`vigie host waiting\` lists them`,
  )
}
