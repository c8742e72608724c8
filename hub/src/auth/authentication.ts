// Owns better-auth: how it is set up for the hub. Nobody else imports it, and its own routes are never mounted.
import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { PEOPLE_TABLES, type PeopleDatabase } from './people-tables.ts'

export const MIN_PASSWORD_LENGTH = 12
export const MAX_PASSWORD_LENGTH = 128

/** The header in which better-auth gets the address that the socket has; what a client sends in it is not passed on. */
export const ADDRESS_HEADER = 'x-vigie-address'

export interface AuthenticationOptions {
  readonly db: PeopleDatabase
  readonly secret: string
  /** Whether browsers come over TLS, so that cookies may demand it. */
  readonly isSecure: boolean
}

// A session for a person who has proved themself by other means than a password. No route: called by the hub only.
const bodyType = { $Infer: { body: {} as { personId: string } } }
const signInAs = createAuthEndpoint({ method: 'POST', metadata: bodyType }, async (context) => {
  const { personId } = context.body
  const { internalAdapter } = context.context
  const user = await internalAdapter.findUserById(personId)
  if (!user) throw new Error('the person who signs in is gone')
  const session = await internalAdapter.createSession(user.id)
  await setSessionCookie(context, { session, user })
  return context.json({ personId })
})

export function authenticationOptions({ db, secret, isSecure }: AuthenticationOptions) {
  return {
    ...PEOPLE_TABLES,
    appName: 'Vigie',
    baseURL: isSecure ? 'https://localhost' : 'http://localhost',
    secret,
    // No transactions: they would hold the one connection, and every tick with it, while a password is hashed.
    database: { db, type: 'sqlite' as const, transaction: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    // Routes limit by the socket's address themselves (plugin.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      useSecureCookies: isSecure,
      cookiePrefix: 'vigie',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, path: '/' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [{ id: 'vigie', endpoints: { signInAs } }],
  }
}

export function createAuthentication(options: AuthenticationOptions) {
  return betterAuth(authenticationOptions(options))
}
