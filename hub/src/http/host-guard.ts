// Owns which names the hub answers to and which pages may speak to it: the defence against DNS rebinding and
// against requests that another site makes with a visitor's cookies.
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const ANY_ADDRESS = ['0.0.0.0', '::']

export interface HostGuardOptions {
  /** The address listened on. */
  readonly host: string
  readonly publicUrl: URL | undefined
}

export interface HostGuard {
  /** Whether the request was addressed to the hub by a name of its own, whatever the port: tunnels change that. */
  hostAllowed(headers: IncomingHttpHeaders): boolean
  /**
   * Whether the page that makes the request is the hub's own. Programs say no Origin, and carry no cookies of
   * someone else's; browsers always say one where it matters, so a WebSocket should set `isRequired`.
   */
  originAllowed(headers: IncomingHttpHeaders, options?: { isRequired: boolean }): boolean
}

export function createHostGuard({ host, publicUrl }: HostGuardOptions): HostGuard {
  const names = new Set([...LOOPBACK, inUrl(host), ...(publicUrl ? [publicUrl.hostname] : [])])
  // Rebinding needs a name: an address in the Host header is what the person typed.
  const takesAddresses = ANY_ADDRESS.includes(host)

  return {
    hostAllowed({ host: addressed }) {
      const name = hostnameOf(addressed)
      if (name === undefined) return false
      return names.has(name) || (takesAddresses && isIP(name.replace(/^\[|\]$/g, '')) !== 0)
    },

    originAllowed(
      { origin, host: addressed, 'sec-fetch-site': site },
      { isRequired } = { isRequired: false },
    ) {
      if (origin === undefined) {
        return !isRequired && (site === undefined || site === 'same-origin' || site === 'none')
      }
      const url = URL.parse(origin)
      if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false
      return (
        url.origin === publicUrl?.origin ||
        url.host === URL.parse(`${url.protocol}//${addressed ?? ''}`)?.host
      )
    },
  }
}

/** The name in a Host header, as URL writes it: lower case, IPv6 in brackets; undefined when it is none. */
function hostnameOf(addressed: string | undefined): string | undefined {
  if (!addressed || /[/?#@\\\s]/.test(addressed)) return undefined
  return URL.parse(`http://${addressed}`)?.hostname
}

function inUrl(host: string): string {
  return isIP(host) === 6 ? (hostnameOf(`[${host}]`) ?? host) : host.toLowerCase()
}
