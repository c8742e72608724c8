// Owns the mark of a browser that a person has signed in with: strangers who try the person's password delay each other,
// and not this browser (OWASP's device cookies).
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { keptEmail } from './accounts.ts'
import { cookieFlags, cookiePrefix, ownCookies, type CookieTerms } from './cookies.ts'

const LIFE_S = 365 * 86_400

export interface KnownDevices {
  /** What marks the browser, as a `Set-Cookie` header. */
  cookieFor(email: string): string
  /** The browser's own number when it is marked for this address. */
  deviceOf(headers: IncomingHttpHeaders, email: string): string | undefined
}

export interface KnownDevicesParts extends CookieTerms {
  readonly secret: string
}

export function createKnownDevices(parts: KnownDevicesParts): KnownDevices {
  const { secret } = parts
  const name = `${cookiePrefix(parts)}vigie.device`
  const sign = (device: string, email: string): string =>
    createHmac('sha256', secret)
      .update(`device ${device} ${keptEmail(email)}`)
      .digest('base64url')

  return {
    cookieFor(email) {
      const device = randomBytes(12).toString('base64url')
      return `${name}=${device}.${sign(device, email)}; Max-Age=${LIFE_S}; ${cookieFlags(parts)}`
    },

    deviceOf(headers, email) {
      const [device = '', signature = ''] = ownCookies(headers).get(name)?.split('.') ?? []
      const [said, right] = [Buffer.from(signature), Buffer.from(sign(device, email))]
      return said.length === right.length && timingSafeEqual(said, right) ? device : undefined
    },
  }
}
