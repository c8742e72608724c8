// Owns asking the company's proxy for a way out (RFC 9110, section 9.3.6): a tunnel to one host and port, or one plain request;
// and what it says when it refuses, in words that never hold its password.
import { request, type ClientRequest, type OutgoingHttpHeaders } from 'node:http'
import { request as requestOverTls } from 'node:https'
import type { Socket } from 'node:net'

const TIMEOUT_MS = 10_000

/** The proxy cannot be reached, or lets nothing through. */
export class ProxyFault extends Error {
  override readonly name = 'ProxyFault'
}

export interface Target {
  readonly hostname: string
  readonly port: number
}

/** Resolves with a socket that is as one to the target. The proxy sees its name, and nothing of what is said over TLS. */
export async function openTunnel(
  proxy: URL,
  { hostname, port }: Target,
  signal?: AbortSignal,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const path = `${hostname}:${port}`
  const asking = ask(proxy, { method: 'CONNECT', path, headers: { host: path } }, signal)
  asking.setTimeout(TIMEOUT_MS, () => {
    asking.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`))
  })
  asking.once('connect', ({ statusCode = 0 }, socket: Socket, head) => {
    socket.setTimeout(0)
    if (statusCode === 200) {
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
      return
    }
    socket.destroy()
    reject(refusal(proxy, statusCode))
  })
  asking.once('error', (error) => reject(unreachable(proxy, error)))
  asking.end()
  return await promise
}

/** For what is not over TLS: the proxy is asked for the whole address. Its caller ends it. */
export function requestThrough(
  proxy: URL,
  url: URL,
  options: { method: string | undefined; headers: OutgoingHttpHeaders },
  signal?: AbortSignal,
): ClientRequest {
  const { method = 'GET', headers } = options
  return ask(proxy, { method, path: url.href, headers: { ...headers, host: url.host } }, signal)
}

export function refusal({ host }: URL, status: number): ProxyFault {
  const wanted =
    status === 407 ? ': it wants a name and a password, as http://name:password@host:port' : ''
  return new ProxyFault(`the proxy ${host} answers ${status}${wanted}`)
}

export function unreachable({ host }: URL, error: Error): ProxyFault {
  return new ProxyFault(`the proxy ${host} cannot be reached: ${error.message}`, { cause: error })
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: OutgoingHttpHeaders
}

function ask(proxy: URL, options: Asked, signal?: AbortSignal): ClientRequest {
  const { protocol, hostname, port, username, password } = proxy
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const isOpen = username === '' && password === ''
  const own = isOpen
    ? {}
    : { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
  const send = protocol === 'https:' ? requestOverTls : request
  return send({
    ...options,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    headers: { ...options.headers, ...own },
    agent: false,
    ...(signal && { signal }),
  })
}
