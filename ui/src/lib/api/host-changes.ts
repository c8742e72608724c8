// Owns the requests by which administrators change hosts, and approve machines that wait.
import type { HostDetail } from '@vigie/shared/api/host'
import type {
  HostMerge,
  RetiredHost,
  RetiredHostList,
  WaitingMachine,
  WaitingMachineList,
} from '@vigie/shared/api/host-change'
import { getJson, send } from './request.ts'

export async function renameHost(id: number, name: string): Promise<HostDetail> {
  return (await send(`/api/v1/hosts/${id}/name`, { name }, 'PUT')).json() as Promise<HostDetail>
}

export async function changeHost(
  id: number,
  verb: 'revoke' | 'retire' | 'bring-back',
): Promise<void> {
  await send(`/api/v1/hosts/${id}/${verb}`, {})
}

export async function mergeHost(id: number, merge: HostMerge): Promise<void> {
  await send(`/api/v1/hosts/${id}/merge`, merge)
}

/** `name` is the host's, typed by whoever wants that. */
export async function deleteHost(id: number, name: string): Promise<void> {
  await send(`/api/v1/hosts/${id}/delete`, { name })
}

export async function retiredHosts(): Promise<RetiredHost[]> {
  return (await getJson<RetiredHostList>('/api/v1/retired-hosts')).items
}

export async function waitingMachines(): Promise<WaitingMachine[]> {
  return (await getJson<WaitingMachineList>('/api/v1/waiting-machines')).items
}

export async function answerMachine(id: number, verb: 'approve' | 'refuse'): Promise<void> {
  await send(`/api/v1/waiting-machines/${id}/${verb}`, {})
}
