// Owns `vigie user …`: people of a hub, from a shell.
import { InviteDraft, type InviteMade } from '@vigie/shared/api/invite'
import { Role } from '@vigie/shared/api/token'
import type { User, UserChange, UserList } from '@vigie/shared/api/user'
import { Value } from 'typebox/value'
import { checkedTags } from './checked-tags.ts'
import { CommandError } from './command-error.ts'
import type { HubApi } from './hub-api.ts'
import { withRunningHub } from './local-hub.ts'

export interface PersonOptions {
  readonly role?: string
  readonly tag?: readonly string[]
  readonly hub?: string
}

export function listUsers(hub: string | undefined): Promise<User[]> {
  return withRunningHub(hub, users)
}

/** A link for somebody new; it was mailed, or is there to be handed over. */
export async function invite(email: string, options: PersonOptions): Promise<InviteMade> {
  const { role = 'viewer', tag, hub } = options
  const draft = { email, role, hostTags: tag === undefined ? null : checkedTags(tag) }
  checkRole(role)
  if (!Value.Check(InviteDraft, draft)) throw usage(`"${email}" is not an e-mail address`)
  return withRunningHub(
    hub,
    async (api) => (await api.post('/api/v1/invites', draft)) as InviteMade,
  )
}

export async function changeUser(
  email: string,
  role: string,
  { tag, hub }: PersonOptions,
): Promise<User> {
  checkRole(role)
  const hostTags = tag === undefined ? {} : { hostTags: checkedTags(tag) }
  const change: UserChange = { role, ...hostTags }
  return withRunningHub(hub, async (api) => {
    const { id } = await named(api, email)
    return (await api.patch(`/api/v1/users/${id}`, change)) as User
  })
}

export function removeUser(email: string, hub: string | undefined): Promise<void> {
  return withRunningHub(hub, async (api) => {
    const { id } = await named(api, email)
    await api.end(`/api/v1/users/${id}`)
  })
}

/** A link that sets a new password; the second factor goes when `isFactorLost`. */
export function resetUser(
  email: string,
  { isFactorLost, hub }: { isFactorLost: boolean; hub: string | undefined },
): Promise<InviteMade> {
  return withRunningHub(hub, async (api) => {
    const { id, hasSecondFactor } = await named(api, email)
    if (isFactorLost && hasSecondFactor) await api.end(`/api/v1/users/${id}/second-factor`)
    return (await api.post(`/api/v1/users/${id}/reset-link`, {})) as InviteMade
  })
}

/** What becomes of a link, in words. */
export function linkLines({ url, isMailed, mailProblem }: InviteMade, email: string): string[] {
  if (isMailed) return [`mailed to ${email}`]
  const why = mailProblem === null ? [] : [`it could not be mailed: ${mailProblem}`]
  return [...why, `Hand this link over; it is good once:`, '', `  ${url ?? ''}`, '']
}

async function users(api: HubApi): Promise<User[]> {
  return ((await api.get('/api/v1/users')) as UserList).items
}

async function named(api: HubApi, email: string): Promise<User> {
  const found = (await users(api)).find((user) => user.email === email.toLowerCase())
  if (found) return found
  throw new CommandError(`nobody has the address "${email}": "vigie user list" shows who there is`)
}

function checkRole(role: string): asserts role is Role {
  if (!Value.Check(Role, role)) throw usage(`"${role}" is not a role: viewer or admin`)
}

function usage(message: string): CommandError {
  return new CommandError(message, { exitCode: 2 })
}
