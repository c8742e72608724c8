// Owns the mark of a browser that a person has signed in with: strangers who try the person's password delay each other,
// and not this browser (OWASP's device cookies).
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { keptEmail } from './accounts.ts'

const LIFE_S = 365 * 86_400

export interface KnownDevices {
  /** What marks the browser, as a `Set-Cookie` header. */
  cookieFor(email: string): string
  /** The browser's own number when it is marked for this address. */
  deviceOf(headers: IncomingHttpHeaders, email: string): string | undefined
}

export interface KnownDevicesParts {
  readonly secret: string
  readonly cookiePath: string
  /** Whether browsers come over TLS, so that the cookie may demand it. */
  readonly isSecure: boolean
}

export function createKnownDevices(parts: KnownDevicesParts): KnownDevices {
  const { secret, cookiePath, isSecure } = parts
  const name = `${isSecure ? '__Secure-' : ''}vigie.device`
  const sign = (device: string, email: string): string =>
    createHmac('sha256', secret)
      .update(`device ${device} ${keptEmail(email)}`)
      .digest('base64url')

  return {
    cookieFor(email) {
      const device = randomBytes(12).toString('base64url')
      const flags = `Max-Age=${LIFE_S}; Path=${cookiePath}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
      return `${name}=${device}.${sign(device, email)}; ${flags}`
    },

    deviceOf({ cookie = '' }, email) {
      const written = cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))
      const [device = '', signature = ''] = written?.slice(name.length + 1).split('.') ?? []
      const [said, right] = [Buffer.from(signature), Buffer.from(sign(device, email))]
      return said.length === right.length && timingSafeEqual(said, right) ? device : undefined
    },
  }
}
