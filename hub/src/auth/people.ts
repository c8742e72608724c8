// Owns the people of a hub: who they are, how they prove it, and how the first of them comes to be.
import type { IncomingHttpHeaders } from 'node:http'
import type { Person, SignInLinkClaim } from '@vigie/shared/api/session'
import type { Clock } from '../clock.ts'
import type { Database } from '../store/schema.ts'
import { ADDRESS_HEADER, createAuthentication } from './authentication.ts'
import type { PeopleSchema } from './people-tables.ts'
import { hostTagsOf, roleOf } from './sight-columns.ts'
import { createSignInLinks } from './sign-in-links.ts'

/** Where a sign-in comes from: kept with the session. */
export interface Origin {
  readonly address: string
  readonly userAgent: string | undefined
}

/** What a good sign-in gives: cookies to set, one `Set-Cookie` header each. */
export interface SignedIn {
  readonly cookies: readonly string[]
}

export type ClaimOutcome =
  | ({ readonly outcome: 'signed-in' } & SignedIn)
  /** The link is unknown, used or expired. */
  | { readonly outcome: 'link-refused' }
  /** There is no administrator yet, and no e-mail and password to make one. */
  | { readonly outcome: 'credentials-needed' }
  /** There is an administrator already, so that e-mail and password would change nothing. */
  | { readonly outcome: 'already-set-up' }

export interface PeopleOptions {
  readonly db: Database
  readonly secret: string
  /** Whether browsers reach the hub over TLS. */
  readonly isSecure: boolean
  readonly clock: Clock
}

export type People = ReturnType<typeof createPeople>

/** The people in `db`, whose tables are there (migrations/0002-create-people.ts). */
export function createPeople({ db, secret, isSecure, clock }: PeopleOptions) {
  const people = db.$extendTables<PeopleSchema>()
  const authentication = createAuthentication({ db: people, secret, isSecure })
  const links = createSignInLinks(people, clock)

  async function administratorId(): Promise<string | undefined> {
    const first = await people
      .selectFrom('person')
      .select('id')
      .where('role', '=', 'admin')
      .orderBy('created_at')
      .limit(1)
      .executeTakeFirst()
    return first?.id
  }

  async function createAdministrator(claim: { email: string; password: string; name?: string }) {
    const { internalAdapter, password } = await authentication.$context
    const hash = await password.hash(claim.password)
    const user = await internalAdapter.createUser(
      {
        email: claim.email,
        name: claim.name ?? claim.email.slice(0, claim.email.indexOf('@')),
        emailVerified: false,
        role: 'admin',
      },
      { method: 'email-password' },
    )
    await internalAdapter.createAccount({
      userId: user.id,
      accountId: user.id,
      providerId: 'credential',
      password: hash,
    })
    return user.id
  }

  async function signInAs(personId: string, origin: Origin): Promise<SignedIn> {
    const { headers } = await authentication.api.signInAs({
      body: { personId },
      headers: headersOf(origin),
      returnHeaders: true,
    })
    return { cookies: headers.getSetCookie() }
  }

  return {
    /** Who sends a request, or undefined without a good session. Cookies that renew the session come along. */
    async session(
      headers: IncomingHttpHeaders,
    ): Promise<({ person: Person } & SignedIn) | undefined> {
      if (headers.cookie === undefined) return undefined
      const { response, headers: answer } = await authentication.api.getSession({
        headers: new Headers({ cookie: headers.cookie }),
        returnHeaders: true,
      })
      if (!response) return undefined
      const { id, email, name, role, hostTags } = response.user
      return {
        person: { id, email, name, role: roleOf(role), hostTags: hostTagsOf(hostTags) },
        cookies: answer.getSetCookie(),
      }
    },

    /** The gate of the API and of live sockets. */
    async personOf(headers: IncomingHttpHeaders): Promise<Person | undefined> {
      return (await this.session(headers))?.person
    },

    /** The addresses that administrators sign in with. */
    async administrators(): Promise<string[]> {
      const rows = await people
        .selectFrom('person')
        .select('email')
        .where('role', '=', 'admin')
        .orderBy('created_at')
        .execute()
      return rows.map(({ email }) => email)
    },

    async isSetupNeeded(): Promise<boolean> {
      return (await administratorId()) === undefined
    },

    /** Undefined when e-mail and password do not belong together. */
    async signIn(
      credentials: { email: string; password: string },
      origin: Origin,
    ): Promise<SignedIn | undefined> {
      const response = await authentication.api.signInEmail({
        body: credentials,
        headers: headersOf(origin),
        asResponse: true,
      })
      if (response.ok) return { cookies: response.headers.getSetCookie() }
      // Anything but a plain refusal is a fault of ours, and must not look like a wrong password.
      if (response.status < 500) return undefined
      throw new Error(`signing in failed: ${await response.text()}`)
    },

    /** Ends the session, if there is one, and gives the cookies that make the browser forget it. */
    async signOut(headers: IncomingHttpHeaders): Promise<SignedIn> {
      const response = await authentication.api.signOut({
        headers: new Headers({ cookie: headers.cookie ?? '' }),
        asResponse: true,
      })
      return { cookies: response.headers.getSetCookie() }
    },

    /** The token of a new one-time link. Links issued before stop working. */
    issueSignInToken: () => links.issue(),

    async claim(claim: SignInLinkClaim, origin: Origin): Promise<ClaimOutcome> {
      const { token, email, password, name } = claim
      if (!(await links.isGood(token))) return { outcome: 'link-refused' }
      const existing = await administratorId()
      if (existing !== undefined && (email !== undefined || password !== undefined)) {
        return { outcome: 'already-set-up' }
      }
      if (existing !== undefined) {
        if (!(await links.spend(token))) return { outcome: 'link-refused' }
        return { outcome: 'signed-in', ...(await signInAs(existing, origin)) }
      }
      if (email === undefined || password === undefined) return { outcome: 'credentials-needed' }
      if (!(await links.spend(token))) return { outcome: 'link-refused' }
      const created = await createAdministrator({ email, password, ...(name && { name }) })
      return { outcome: 'signed-in', ...(await signInAs(created, origin)) }
    },
  }
}

function headersOf({ address, userAgent }: Origin): Headers {
  return new Headers({ [ADDRESS_HEADER]: address, ...(userAgent && { 'user-agent': userAgent }) })
}
