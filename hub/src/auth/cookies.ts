// Owns the hub's cookies: how they are called, and which of those that a browser sends are believed.
import type { IncomingHttpHeaders } from 'node:http'

/** Where a hub's cookies are good. */
export interface CookieTerms {
  /** `/`, or the path that the hub lives under. */
  readonly cookiePath: string
  /** Whether browsers come over TLS, so that cookies may demand it. */
  readonly isSecure: boolean
}

/**
 * What each name begins with. Browsers take `__Host-` from this very name alone, over TLS and for all of it, so that no other
 * name of the domain can set it; `__Secure-` is what is left to a hub under a path (RFC 6265bis, section 4.1.3).
 */
export function cookiePrefix({ cookiePath, isSecure }: CookieTerms): string {
  if (!isSecure) return ''
  return cookiePath === '/' ? '__Host-' : '__Secure-'
}

/** Beside the value and how long it lasts. Lax, not strict: links in mails and a provider's page lead to the hub. */
export function cookieFlags({ cookiePath, isSecure }: CookieTerms): string {
  return `Path=${cookiePath}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
}

const OWN_NAME = /^(?:__Host-|__Secure-)?vigie\.\w+$/

/**
 * The hub's own, by name. Of a name that comes twice, one was set by somebody else, for another path or for all of a domain,
 * and nothing says which: none is believed.
 */
export function ownCookies({ cookie = '' }: IncomingHttpHeaders): ReadonlyMap<string, string> {
  const own = new Map<string, string>()
  const twice = new Set<string>()
  for (const part of cookie.split(';')) {
    // No more is cut off: what is not the name to a browser must not become it here.
    const pair = part.startsWith(' ') ? part.slice(1) : part
    const name = pair.slice(0, Math.max(pair.indexOf('='), 0))
    if (!OWN_NAME.test(name)) continue
    if (own.has(name)) twice.add(name)
    own.set(name, pair.slice(name.length + 1))
  }
  for (const name of twice) own.delete(name)
  return own
}

/** As the header of a request. */
export function cookieHeader(cookies: Iterable<readonly [string, string]>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
