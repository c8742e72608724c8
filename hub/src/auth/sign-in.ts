// Owns how people sign in: password, then the second factor where it is on; and by links that are good once.
import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { InviteAcceptance } from '@vigie/shared/api/invite'
import type { SignInLinkClaim } from '@vigie/shared/api/session'
import type { Clock } from '../clock.ts'
import { keptEmail, type Accounts } from './accounts.ts'
import type { createAuthentication } from './authentication.ts'
import { cookieHeader, ownCookies, type CookieTerms } from './cookies.ts'
import type { createInvites } from './invites.ts'
import { createKnownDevices } from './known-device.ts'
import { headersOf, type Origin } from './origin.ts'
import { isOutdated } from './password-hash.ts'
import type { PeopleDatabase } from './people-tables.ts'
import type { SecondFactor } from './second-factor.ts'
import type { createSessions } from './sessions.ts'
import { SignInDelays } from './sign-in-delays.ts'
import { createSignInLinks } from './sign-in-links.ts'

/** Cookies to set, one `Set-Cookie` header each. */
export interface SignedIn {
  readonly cookies: readonly string[]
}

export type SignInOutcome =
  | ({ readonly outcome: 'signed-in'; readonly personId: string } & SignedIn)
  /** The cookie is for the second step. */
  | ({ readonly outcome: 'second-factor' } & SignedIn)
  | { readonly outcome: 'refused' }
  /** There were too many wrong tries of this account. */
  | { readonly outcome: 'wait'; readonly waitMs: number }

export type SecondStepOutcome =
  | ({ readonly outcome: 'signed-in'; readonly personId: string } & SignedIn)
  | ({ readonly outcome: 'wrong-code'; readonly personId: string } & SignedIn)
  | { readonly outcome: 'no-first-step' }
  | { readonly outcome: 'wait'; readonly waitMs: number }

export type ClaimOutcome =
  | ({ readonly outcome: 'signed-in'; readonly personId: string } & SignedIn)
  /** The link is unknown, used or expired. */
  | { readonly outcome: 'link-refused' }
  /** There is no administrator yet, and no e-mail and password to make one. */
  | { readonly outcome: 'credentials-needed' }
  /** There is an administrator already, so that e-mail and password would change nothing. */
  | { readonly outcome: 'already-set-up' }

/** What a browser that signs in sends. */
export interface Arrival {
  readonly origin: Origin
  readonly headers: IncomingHttpHeaders
}

export interface SignInParts extends CookieTerms {
  readonly db: PeopleDatabase
  readonly authentication: ReturnType<typeof createAuthentication>
  readonly secret: string
  readonly accounts: Accounts
  readonly sessions: ReturnType<typeof createSessions>
  readonly invites: ReturnType<typeof createInvites>
  readonly secondFactor: SecondFactor
  readonly clock: Clock
  /** Somebody may see less, or is gone: who watches is looked at again. */
  readonly onRights: () => void
}

export function createSignIn(parts: SignInParts) {
  const { db, authentication, accounts, sessions, invites, secondFactor, clock } = parts
  const devices = createKnownDevices(parts)
  const delays = new SignInDelays(clock)
  const links = createSignInLinks(db, clock)

  const firstAdministrator = async () => {
    const rows = db.selectFrom('person').select(['id']).where('role', '=', 'admin')
    return (await rows.orderBy('created_at').limit(1).executeTakeFirst())?.id
  }

  const emailOf = async (personId: string): Promise<string> => {
    const row = db.selectFrom('person').select('email').where('id', '=', personId)
    return (await row.executeTakeFirst())?.email ?? ''
  }

  const signInAs = async (personId: string, origin: Origin): Promise<SignedIn> => {
    const { headers } = await authentication.api.signInAs({
      body: { personId },
      headers: headersOf(origin),
      returnHeaders: true,
    })
    return { cookies: headers.getSetCookie() }
  }

  const tryPassword = async (
    credentials: { email: string; password: string },
    origin: Origin,
  ): Promise<SignInOutcome> => {
    const response = await authentication.api.signInEmail({
      body: credentials,
      headers: headersOf(origin),
      asResponse: true,
    })
    if (!response.ok) {
      // Anything but a plain refusal is a fault of ours, and must not look like a wrong password.
      if (response.status < 500) return { outcome: 'refused' }
      throw new Error(`signing in failed: ${await response.text()}`)
    }
    const cookies = response.headers.getSetCookie()
    const { user } = (await response.json()) as { user?: { id: string } }
    if (!user) return { outcome: 'second-factor', cookies }
    const hash = await accounts.passwordHash(user.id)
    if (hash !== undefined && isOutdated(hash)) {
      await accounts.replacePassword(user.id, { proven: hash, password: credentials.password })
    }
    const marked = [...cookies, devices.cookieFor(credentials.email)]
    return { outcome: 'signed-in', personId: user.id, cookies: marked }
  }

  const withPassword = async (
    credentials: { email: string; password: string },
    origin: Origin,
  ): Promise<SignInOutcome> => {
    const person = await accounts.findByEmail(credentials.email)
    const arrive = () => tryPassword(credentials, origin)
    return person ? sessions.comeIn(person.id, arrive) : arrive()
  }

  return {
    signInAs,

    /** Says the same, in the same time, of an address that nobody has and of a wrong password. */
    async signIn(
      credentials: { email: string; password: string },
      { origin, headers }: Arrival,
    ): Promise<SignInOutcome> {
      const device = devices.deviceOf(headers, credentials.email)
      const key = device === undefined ? `account ${hashOf(credentials.email)}` : `device ${device}`
      const waitMs = delays.begin(key)
      if (waitMs > 0) return { outcome: 'wait', waitMs }
      const outcome = await withPassword(credentials, origin)
      if (outcome.outcome !== 'refused') delays.forget(key)
      return outcome
    },

    async secondStep(code: string, { origin, headers }: Arrival): Promise<SecondStepOutcome> {
      const pending = await secondFactor.pendingPerson(headers)
      if (pending === undefined) return { outcome: 'no-first-step' }
      const lockedMs = await secondFactor.lockedForMs(pending)
      if (lockedMs > 0) return { outcome: 'wait', waitMs: lockedMs }
      const key = `code ${pending}`
      const waitMs = delays.begin(key)
      if (waitMs > 0) return { outcome: 'wait', waitMs }
      const step = await sessions.comeIn(pending, () =>
        secondFactor.verify(headers, { written: code, origin }),
      )
      if (step.outcome !== 'signed-in') return step
      delays.forget(key)
      const device = devices.cookieFor(await emailOf(step.personId))
      return { ...step, cookies: [...step.cookies, device] }
    },

    /** Whether it is the person's; 'wait' after too many that were not. */
    async provePassword(
      personId: string,
      password: string,
    ): Promise<'good' | 'wrong' | 'none' | 'wait'> {
      if ((await accounts.passwordHash(personId)) === undefined) return 'none'
      const key = `own ${personId}`
      if (delays.begin(key) > 0) return 'wait'
      if (!(await accounts.isPassword(personId, password))) return 'wrong'
      delays.forget(key)
      return 'good'
    },

    /** Ends the session, if there is one, and gives the cookies that make the browser forget it. */
    async signOut(headers: IncomingHttpHeaders): Promise<SignedIn> {
      const response = await authentication.api.signOut({
        headers: new Headers({ cookie: cookieHeader(ownCookies(headers)) }),
        asResponse: true,
      })
      return { cookies: response.headers.getSetCookie() }
    },

    async isSetupNeeded(): Promise<boolean> {
      return (await firstAdministrator()) === undefined
    },

    /** The token of a new one-time link. Links issued before stop working. */
    issueSignInToken: () => links.issue(),

    async claim(claim: SignInLinkClaim, origin: Origin): Promise<ClaimOutcome> {
      const { token, email, password, name } = claim
      if (!(await links.isGood(token))) return { outcome: 'link-refused' }
      const existing = await firstAdministrator()
      if (existing !== undefined && (email !== undefined || password !== undefined)) {
        return { outcome: 'already-set-up' }
      }
      if (existing === undefined && (email === undefined || password === undefined)) {
        return { outcome: 'credentials-needed' }
      }
      if (!(await links.spend(token))) return { outcome: 'link-refused' }
      const personId =
        existing ??
        (await accounts.create({
          email: email ?? '',
          password: password ?? '',
          name,
          role: 'admin',
        }))
      return { outcome: 'signed-in', personId, ...(await signInAs(personId, origin)) }
    },

    /** Makes the account, or sets the password, and signs in with it: where a second factor is on, it is asked for. */
    async accept(
      { token, password, name }: InviteAcceptance,
      origin: Origin,
    ): Promise<SignInOutcome | { readonly outcome: 'link-refused' }> {
      const invite = await invites.find(token)
      if (!invite || !(await invites.end(invite.id))) return { outcome: 'link-refused' }
      const { email, personId, role, hostTags } = invite
      if (personId !== null) {
        await accounts.setPassword(personId, password)
        await sessions.end({ personId })
        parts.onRights()
      } else if (await accounts.findByEmail(email)) {
        return { outcome: 'link-refused' }
      } else {
        await accounts.create({ email, password, name, role, hostTags })
      }
      return withPassword({ email, password }, origin)
    },
  }
}

export type SignIn = ReturnType<typeof createSignIn>

function hashOf(email: string): string {
  return createHash('sha256').update(keptEmail(email)).digest('base64url')
}
