// Owns the requests by which people come and go: who is signed in, the two steps of signing in, links that are good once.
import type { InviteAcceptance, InviteView } from '@vigie/shared/api/invite'
import type { Credentials, SessionState, SignInLinkClaim } from '@vigie/shared/api/session'
import { getJson, send } from './request.ts'

/** `second-factor`: the password is right, and a code is needed within ten minutes. */
export type FirstStep = 'in' | 'second-factor'

export function session(): Promise<SessionState> {
  return getJson('/api/v1/session')
}

export async function signIn(credentials: Credentials): Promise<FirstStep> {
  return firstStep(await send('/api/auth/sign-in/email', credentials))
}

/** A code of the app, or a recovery code. */
export async function secondStep(code: string): Promise<void> {
  await send('/api/auth/sign-in/second-factor', { code })
}

export async function signOut(): Promise<void> {
  await send('/api/auth/sign-out', {})
}

/** The link that the hub prints; e-mail and password make the first administrator. */
export async function claimLink(claim: SignInLinkClaim): Promise<void> {
  await send('/api/v1/sign-in-links/claim', claim)
}

/** What the link of an invite or of a new password is for. Does nothing. */
export async function inspectInvite(token: string): Promise<InviteView> {
  return (await send('/api/v1/invites/inspect', { token })).json() as Promise<InviteView>
}

/** Makes the account, or sets the password, and signs in. */
export async function acceptInvite(acceptance: InviteAcceptance): Promise<FirstStep> {
  return firstStep(await send('/api/v1/invites/accept', acceptance))
}

function firstStep({ status }: Response): FirstStep {
  return status === 202 ? 'second-factor' : 'in'
}
