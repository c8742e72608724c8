// Owns the settings of OpenID Connect: which provider, and who comes in by its word.
import { isUrlOf, setting } from './setting.ts'

export interface OidcSettings {
  /** Undefined: nobody signs in with it. */
  readonly oidc:
    | {
        readonly issuer: URL
        readonly clientId: string
        /** Undefined for a public client, which PKCE alone protects. */
        readonly clientSecret: string | undefined
        /** What the button says. */
        readonly label: string
        /** Who is in it comes in without an invite, as a viewer. */
        readonly viewerGroup: string | undefined
      }
    | undefined
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const text = (allowed: string) =>
  setting(allowed, (written) => written.length <= 200 && !/\p{Cc}/u.test(written))

export const OIDC_CONFIG = {
  oidcIssuer: setting('the https:// address of a provider (http:// on loopback)', isIssuer),
  oidcClientId: text('the id that the provider knows the hub by'),
  oidcClientSecret: text('the secret that the provider gave out with the id'),
  oidcLabel: text('what the button says, such as Keycloak'),
  oidcViewerGroup: text('the name of a group in the claim `groups`'),
}

/** From what passed {@link OIDC_CONFIG}. Undefined: what belongs together is not there together. */
export function readOidcSettings(written: {
  readonly [K in keyof typeof OIDC_CONFIG]?: string
}): OidcSettings | undefined {
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcLabel, oidcViewerGroup } = written
  if (oidcIssuer === undefined && oidcClientId === undefined) {
    return oidcClientSecret === undefined ? { oidc: undefined } : undefined
  }
  if (oidcIssuer === undefined || oidcClientId === undefined) return undefined
  const issuer = new URL(oidcIssuer)
  return {
    oidc: {
      issuer,
      clientId: oidcClientId,
      clientSecret: oidcClientSecret,
      label: oidcLabel ?? issuer.host,
      viewerGroup: oidcViewerGroup,
    },
  }
}

function isIssuer(written: string): boolean {
  if (!isUrlOf(written, ['https:', 'http:'])) return false
  const { protocol, hostname, username, search, hash } = new URL(written)
  if (username + search + hash !== '') return false
  return protocol === 'https:' || LOOPBACK.includes(hostname)
}
