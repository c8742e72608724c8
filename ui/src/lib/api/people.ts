// Owns the requests about people and invites, which administrators make.
import type { Invite, InviteDraft, InviteList, InviteMade } from '@vigie/shared/api/invite'
import type { User, UserChange, UserList } from '@vigie/shared/api/user'
import { getJson, request, send } from './request.ts'

export async function users(): Promise<User[]> {
  return (await getJson<UserList>('/api/v1/users')).items
}

export async function changeUser(id: string, change: UserChange): Promise<void> {
  await send(userPath(id), change, 'PATCH')
}

export async function removeUser(id: string): Promise<void> {
  await request(userPath(id), { method: 'DELETE' })
}

/** Signs somebody out everywhere. */
export async function endSessionsOf(id: string): Promise<void> {
  await request(`${userPath(id)}/sessions`, { method: 'DELETE' })
}

/** For who has lost the app and the recovery codes. */
export async function endSecondFactorOf(id: string): Promise<void> {
  await request(`${userPath(id)}/second-factor`, { method: 'DELETE' })
}

/** A link that sets a new password. */
export async function makeResetLink(id: string): Promise<InviteMade> {
  return (await send(`${userPath(id)}/reset-link`, {})).json() as Promise<InviteMade>
}

/** Links that are open: invites and new passwords. */
export async function invites(): Promise<Invite[]> {
  return (await getJson<InviteList>('/api/v1/invites')).items
}

export async function createInvite(draft: InviteDraft): Promise<InviteMade> {
  return (await send('/api/v1/invites', draft)).json() as Promise<InviteMade>
}

export async function endInvite(id: string): Promise<void> {
  await request(`/api/v1/invites/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

function userPath(id: string): string {
  return `/api/v1/users/${encodeURIComponent(id)}`
}
