// Owns signing in with OpenID Connect: what was begun by which browser, and what becomes of its return.
import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { OidcSettings } from '../oidc-settings.ts'
import { createOidcClient, type Expected, type Identity } from './oidc-client.ts'
import type { Origin } from './origin.ts'
import type { People } from './people.ts'

const BEGUN_LIFE_MS = 600_000
const MAX_BEGUN = 10_000

/** Why nobody was signed in; the page has words for each. */
export type OidcRefusal =
  /** The provider does not answer, or not as one. */
  | 'unavailable'
  /** The answer does not belong to what this browser began, or is not to be trusted. */
  | 'failed'
  /** The person, or the provider, said no. */
  | 'denied'
  | 'unverified-email'
  | 'unknown-person'

export type OidcOutcome =
  | {
      readonly outcome: 'signed-in'
      readonly personId: string
      readonly cookies: readonly string[]
      readonly to: string
    }
  | {
      readonly outcome: 'refused'
      readonly why: OidcRefusal
      readonly name: string | null
      /** Undefined where it is not known what was begun. */
      readonly to: string | undefined
    }

/** What a browser has begun, and where it was. */
interface Begun extends Expected {
  readonly to: string
}

export interface OidcSignInParts {
  readonly settings: NonNullable<OidcSettings['oidc']>
  readonly people: People
  readonly hubUrl: () => string
  readonly clock: Clock
  readonly log: Pick<FastifyBaseLogger, 'warn'>
}

export function createOidcSignIn({ settings, people, hubUrl, clock, log }: OidcSignInParts) {
  const client = createOidcClient(settings)
  const begun = new Map<string, Begun & { readonly untilMs: number }>()
  const redirectUri = (): string => new URL(`${hubUrl()}/api/auth/oidc/callback`).href

  const remember = (expected: Begun): string => {
    const id = randomBytes(18).toString('base64url')
    begun.set(id, { ...expected, untilMs: clock.elapsedMs() + BEGUN_LIFE_MS })
    // In the order of their beginning: the oldest make room.
    for (const [oldest, { untilMs }] of begun) {
      if (untilMs > clock.elapsedMs() && begun.size <= MAX_BEGUN) break
      begun.delete(oldest)
    }
    return id
  }

  const take = (id: string | undefined): Begun | undefined => {
    const expected = id === undefined ? undefined : begun.get(id)
    if (id !== undefined) begun.delete(id)
    return expected && expected.untilMs > clock.elapsedMs() ? expected : undefined
  }

  const refused = (
    why: OidcRefusal,
    { to, name = null }: { to?: string; name?: string | null } = {},
  ): OidcOutcome => ({ outcome: 'refused', why, name, to })

  return {
    label: settings.label,

    /** Where to, and what the browser has to bring back; undefined when the provider does not answer. `to`: the path of this hub to go on to. */
    async begin(to: string): Promise<{ url: string; id: string; lifeMs: number } | undefined> {
      try {
        const { url, expected } = await client.begin(redirectUri())
        return { url: url.href, id: remember({ ...expected, to }), lifeMs: BEGUN_LIFE_MS }
      } catch (error) {
        log.warn({ err: error }, 'the OpenID Connect provider does not answer')
        return undefined
      }
    },

    /** `id` is what the browser brought back, `search` the query that the provider gave it. Good once. */
    async finish(
      { id, search }: { id: string | undefined; search: string },
      origin: Origin,
    ): Promise<OidcOutcome> {
      const expected = take(id)
      if (!expected) return refused('failed')
      let identity: Identity
      try {
        identity = await client.finish({ redirectUri: redirectUri(), search, expected })
      } catch (error) {
        log.warn({ err: error }, 'a sign-in with OpenID Connect failed')
        return refused(isDenial(error) ? 'denied' : 'failed', expected)
      }
      const admission = await people.admit(identity, settings.viewerGroup)
      if (admission.outcome !== 'known') {
        const name = identity.email ?? identity.subject
        return refused(admission.outcome, { to: expected.to, name })
      }
      const { personId } = admission
      const { cookies } = await people.signInAs(personId, origin)
      return { outcome: 'signed-in', personId, cookies, to: expected.to }
    },
  }
}

export type OidcSignIn = ReturnType<typeof createOidcSignIn>

function isDenial(error: unknown): boolean {
  return error instanceof Error && 'error' in error && error.error === 'access_denied'
}
