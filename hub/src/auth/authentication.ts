// Owns better-auth: how it is set up for the hub. Nobody else imports it, and its own routes are never mounted.
import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { cookiePrefix, type CookieTerms } from './cookies.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { PEOPLE_TABLES, SECOND_FACTOR_TABLES, type PeopleDatabase } from './people-tables.ts'

export const MIN_PASSWORD_LENGTH = 12
export const MAX_PASSWORD_LENGTH = 128

/** The header in which better-auth gets the address that the socket has; what a client sends in it is not passed on. */
export const ADDRESS_HEADER = 'x-vigie-address'

export const SESSION_LIFE_MS = 30 * 86_400_000
/** Without use. */
export const SESSION_IDLE_MS = 7 * 86_400_000

export interface AuthenticationOptions extends CookieTerms {
  readonly db: PeopleDatabase
  readonly secret: string
}

// A session for a person who has proved themself by what stands for both factors. No route: called by the hub only.
const bodyType = { $Infer: { body: {} as { personId: string } } }
const signInAs = createAuthEndpoint({ method: 'POST', metadata: bodyType }, async (context) => {
  const { personId } = context.body
  const { internalAdapter } = context.context
  const user = await internalAdapter.findUserById(personId)
  if (!user) throw new Error('the person who signs in is gone')
  const session = await internalAdapter.createSession(user.id, false, { isProven: true })
  await setSessionCookie(context, { session, user })
  return context.json({ personId })
})

// Who stands between password and second factor: the person of the cookie that the first step set.
const pendingPerson = createAuthEndpoint({ method: 'POST' }, async (context) => {
  const { createAuthCookie, secret, internalAdapter } = context.context
  const identifier = await context.getSignedCookie(createAuthCookie('two_factor').name, secret)
  const found = identifier ? await internalAdapter.findVerificationValue(identifier) : null
  return context.json({ personId: found && found.expiresAt > new Date() ? found.value : null })
})

export function authenticationOptions({ db, secret, cookiePath, isSecure }: AuthenticationOptions) {
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
      password: { hash: hashPassword, verify: verifyPassword },
    },
    // Their use is noted to the minute. That they end without use, and after 30 days of use, is for sessions.ts to see to.
    session: { ...PEOPLE_TABLES.session, expiresIn: SESSION_LIFE_MS / 1000, updateAge: 60 },
    // Routes limit by the socket's address themselves (plugin.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      // It would prefix them with `__Secure-`, and no more than that.
      useSecureCookies: false,
      cookiePrefix: `${cookiePrefix({ cookiePath, isSecure })}vigie`,
      defaultCookieAttributes: {
        httpOnly: true,
        sameSite: 'lax' as const,
        path: cookiePath,
        secure: isSecure,
      },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [
      { id: 'vigie', endpoints: { signInAs, pendingPerson } },
      twoFactor({ issuer: 'Vigie', schema: SECOND_FACTOR_TABLES }),
    ],
  }
}

export function createAuthentication(options: AuthenticationOptions) {
  return betterAuth(authenticationOptions(options))
}
