// Owns the people of a hub as one thing: who sends a request, how they sign in, and what administrators change of them.
import type { IncomingHttpHeaders } from 'node:http'
import type { Person } from '@vigie/shared/api/session'
import type { Clock } from '../clock.ts'
import type { AuditActor } from '../http/audit-note.ts'
import type { Database } from '../store/schema.ts'
import { createAccounts, type AccountChange, type ChangeOutcome } from './accounts.ts'
import { createAuthentication } from './authentication.ts'
import { cookieHeader, ownCookies } from './cookies.ts'
import { createInvites } from './invites.ts'
import { createOidcPeople } from './oidc-people.ts'
import { createOwnAccount } from './own-account.ts'
import type { PeopleSchema } from './people-tables.ts'
import { createSecondFactor } from './second-factor.ts'
import { createSecondFactorPolicy, type SecondFactorPolicy } from './second-factor-policy.ts'
import { createSessions, type Ending } from './sessions.ts'
import { hostTagsOf, roleOf } from './sight-columns.ts'
import { createSignIn, type SignedIn } from './sign-in.ts'

export interface PeopleOptions {
  readonly db: Database
  readonly secret: string
  /** Where the hub lives behind a proxy, such as `/vigie`; '' is the root. */
  readonly basePath?: string
  /** Whether browsers reach the hub over TLS. */
  readonly isSecure: boolean
  /** Of whom a second factor is demanded. */
  readonly secondFactorPolicy?: SecondFactorPolicy
  readonly clock: Clock
  /** Somebody may see less, or is gone: who watches is looked at again. */
  readonly onRights?: () => void
}

/** Whoever a session is of. */
export interface SignedInPerson extends Person {
  /** They may do nothing before they have set up a second factor. */
  readonly isSecondFactorDue: boolean
}

export interface OpenSession extends SignedIn {
  readonly person: SignedInPerson
  readonly id: string
}

export type People = ReturnType<typeof createPeople>

/** The people in `db`, whose tables are there (migrations 0002 and 0012). */
export function createPeople(options: PeopleOptions) {
  const { secret, isSecure, clock, basePath = '', onRights = () => undefined } = options
  const cookiePath = basePath || '/'
  const db = options.db.$extendTables<PeopleSchema>()
  const authentication = createAuthentication({ db, secret, cookiePath, isSecure })
  const accounts = createAccounts(db, authentication)
  const sessions = createSessions(db, clock)
  const invites = createInvites(db, clock)
  const secondFactor = createSecondFactor({ db, authentication, clock })
  const policy = createSecondFactorPolicy({
    ...{ db, accounts, secondFactor },
    policy: options.secondFactorPolicy ?? 'optional',
  })
  const people = { db, authentication, accounts, sessions, invites, secondFactor }
  const signIn = createSignIn({ ...people, secret, cookiePath, isSecure, clock, onRights })

  return {
    ...signIn,
    ...createOidcPeople({ db, authentication, accounts, invites }),
    accounts,
    invites,

    /** Who sends a request, or undefined without a good session. Cookies that renew the session come along. */
    async session(headers: IncomingHttpHeaders): Promise<OpenSession | undefined> {
      const cookies = ownCookies(headers)
      if (cookies.size === 0) return undefined
      const { response, headers: answer } = await authentication.api.getSession({
        headers: new Headers({ cookie: cookieHeader(cookies) }),
        returnHeaders: true,
      })
      if (!response) return undefined
      const { user, session } = response
      const { id, email, name } = user
      const role = roleOf(user.role)
      const isSecondFactorDue = await policy.isDue({
        ...{ personId: id, role },
        isProven: session.isProven,
      })
      const hostTags = hostTagsOf(user.hostTags)
      return {
        person: { id, email, name, role, hostTags, isSecondFactorDue },
        id: session.id,
        cookies: answer.getSetCookie(),
      }
    },

    /** The gate of the API and of live sockets. */
    async personOf(headers: IncomingHttpHeaders): Promise<SignedInPerson | undefined> {
      return (await this.session(headers))?.person
    },

    /** As the audit log says who it was; `isProven`: they have just shown that it is them. */
    async actorOf(id: string, isProven: boolean): Promise<AuditActor> {
      const person = await db
        .selectFrom('person')
        .select(['name', 'email'])
        .where('id', '=', id)
        .executeTakeFirst()
      return isProven
        ? { kind: 'person', id, name: person?.name ?? null }
        : { kind: 'nobody', id: null, name: person?.email ?? null }
    },

    /** Who watches is looked at again. */
    tellRights: onRights,

    /** The addresses that administrators sign in with. */
    async administrators(): Promise<string[]> {
      const rows = await db
        .selectFrom('person')
        .select('email')
        .where('role', '=', 'admin')
        .orderBy('created_at')
        .execute()
      return rows.map(({ email }) => email)
    },

    own: createOwnAccount({ accounts, sessions, secondFactor, policy, signIn, onRights }),

    sessions: {
      list: (personId: string) => sessions.list(personId, undefined),
      async end(ending: Ending): Promise<number> {
        const ended = await sessions.end(ending)
        onRights()
        return ended
      },
      endOld: () => sessions.endOld(),
    },

    /** Another role ends the person's sessions; other hosts are seen, or not, at once. */
    async changeAccount(id: string, change: AccountChange): Promise<ChangeOutcome> {
      const before = (await accounts.list()).find((user) => user.id === id)
      const outcome = await accounts.change(id, change)
      if (outcome !== 'done') return outcome
      if (change.role !== undefined && change.role !== before?.role) {
        await sessions.end({ personId: id })
      }
      onRights()
      return outcome
    },

    async removeAccount(id: string): Promise<ChangeOutcome> {
      const outcome = await accounts.remove(id)
      if (outcome !== 'done') return outcome
      // Those that are open went with the row; a sign-in that is half done did not.
      await sessions.end({ personId: id })
      onRights()
      return outcome
    },

    /** For who has lost it; false when it was off. Where it is demanded, their sessions set up another first. */
    async endSecondFactor(id: string): Promise<boolean> {
      const wasOn = await secondFactor.end(id)
      onRights()
      return wasOn
    },
  }
}
