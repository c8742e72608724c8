// Owns the requests that people make about their own account: name, password, sessions, second factor.
import type {
  PasswordChange,
  PersonSession,
  PersonSessionList,
  RecoveryCodes,
  SecondFactorSetup,
  SecondFactorState,
} from '@vigie/shared/api/own-account'
import { getJson, request, send } from './request.ts'

const SECOND_FACTOR = '/api/v1/me/second-factor'

export async function rename(name: string): Promise<void> {
  await send('/api/v1/me', { name }, 'PATCH')
}

/** All other sessions end. */
export async function changePassword(change: PasswordChange): Promise<void> {
  await send('/api/v1/me/password', change, 'PUT')
}

export async function sessions(): Promise<PersonSession[]> {
  return (await getJson<PersonSessionList>('/api/v1/me/sessions')).items
}

export async function endSession(id: string): Promise<void> {
  await request(`/api/v1/me/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export async function endOtherSessions(): Promise<void> {
  await request('/api/v1/me/sessions', { method: 'DELETE' })
}

export function secondFactor(): Promise<SecondFactorState> {
  return getJson(SECOND_FACTOR)
}

export async function beginSecondFactor(password: string): Promise<SecondFactorSetup> {
  return (await send(SECOND_FACTOR, { password })).json() as Promise<SecondFactorSetup>
}

/** With a code of the app it is on; the answer is the recovery codes. */
export async function confirmSecondFactor(code: string): Promise<readonly string[]> {
  return codesOf(await send(`${SECOND_FACTOR}/confirm`, { code }))
}

/** The ones before are good no more. */
export async function renewRecoveryCodes(password: string): Promise<readonly string[]> {
  return codesOf(await send(`${SECOND_FACTOR}/recovery-codes`, { password }))
}

export async function disableSecondFactor(password: string): Promise<void> {
  await send(`${SECOND_FACTOR}/disable`, { password })
}

async function codesOf(response: Response): Promise<readonly string[]> {
  return ((await response.json()) as RecoveryCodes).codes
}
