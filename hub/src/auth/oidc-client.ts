// Owns the conversation with an OpenID Connect provider: authorization code with PKCE, state and nonce, and its ID token.
import * as openid from 'openid-client'
import type { OidcSettings } from '../oidc-settings.ts'
import { boundedFetch } from './bounded-fetch.ts'

/** What the provider says of somebody; its ID token was verified. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly email: string | undefined
  readonly isEmailVerified: boolean
  readonly name: string | undefined
  readonly groups: readonly string[]
}

/** What the answer has to belong to; it stays on the hub. */
export interface Expected {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface OidcClient {
  /** Where the browser goes, and what will come back with it. */
  begin(redirectUri: string): Promise<{ url: URL; expected: Expected }>
  /** `search` is the query with which the browser came back. Rejects for whatever is not as it should be. */
  finish(answer: { redirectUri: string; search: string; expected: Expected }): Promise<Identity>
}

const PATIENCE_S = 10

/** The provider is asked for its addresses and keys when the first person comes, so that the hub starts without it. */
export function createOidcClient(settings: NonNullable<OidcSettings['oidc']>): OidcClient {
  let discovered: Promise<openid.Configuration> | undefined

  const discover = (): Promise<openid.Configuration> => {
    const { issuer, clientId, clientSecret } = settings
    return openid.discovery(
      issuer,
      clientId,
      undefined,
      clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret),
      {
        timeout: PATIENCE_S,
        [openid.customFetch]: boundedFetch,
        execute: [
          // The signature too: who stands between hub and provider says nothing in its name.
          openid.enableNonRepudiationChecks,
          // The settings take http:// on loopback only.
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- It is so marked to be noticed.
          ...(issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : []),
        ],
      },
    )
  }

  const configuration = async (): Promise<openid.Configuration> => {
    const asked = (discovered ??= discover())
    try {
      return await asked
    } catch (error) {
      if (discovered === asked) discovered = undefined
      throw error
    }
  }

  return {
    async begin(redirectUri) {
      const provider = await configuration()
      const expected = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
      }
      const url = openid.buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: expected.state,
        nonce: expected.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(expected.verifier),
        code_challenge_method: 'S256',
      })
      return { url, expected }
    },

    async finish({ redirectUri, search, expected }) {
      const provider = await configuration()
      const answered = new URL(redirectUri)
      answered.search = search
      const tokens = await openid.authorizationCodeGrant(provider, answered, {
        expectedState: expected.state,
        expectedNonce: expected.nonce,
        pkceCodeVerifier: expected.verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new Error('the provider sent no ID token')
      // Most say in the ID token only who it is, and the rest when they are asked.
      const isAsked =
        claims['email'] === undefined && provider.serverMetadata().userinfo_endpoint !== undefined
      const more = isAsked
        ? await openid.fetchUserInfo(provider, tokens.access_token, claims.sub)
        : {}
      return identityOf({ ...more, ...claims })
    },
  }
}

function identityOf(claims: openid.IDToken & Record<string, unknown>): Identity {
  const { iss, sub, email, email_verified: isVerified, name, groups } = claims
  return {
    issuer: iss,
    subject: sub,
    email: typeof email === 'string' ? email : undefined,
    // Only the value itself: "true" in quotes is what a form of somebody's own may have written.
    isEmailVerified: isVerified === true,
    name: typeof name === 'string' ? name : undefined,
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
  }
}
