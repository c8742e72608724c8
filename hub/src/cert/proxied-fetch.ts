// Owns one GET as `fetch` does it, certificates verified, which goes through the company's proxy where there is one.
import { request as requestPlain, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { pipeline, Readable } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { proxyFor } from './company-proxy.ts'
import { openTunnel, refusal, requestThrough, unreachable } from './proxy-request.ts'

export interface ProxiedFetchOptions {
  readonly headers: Readonly<Record<string, string>>
  /** For the body too. */
  readonly signal: AbortSignal
}

/**
 * Follows no redirect. Whoever does not read the body to its end cancels it.
 * @throws {ProxyFault} when the proxy lets nothing through; whatever else went wrong as Node says it.
 */
export async function proxiedFetch(url: URL, options: ProxiedFetchOptions): Promise<Response> {
  const proxy = proxyFor(url)
  const { signal } = options
  const headers = { accept: '*/*', 'accept-encoding': 'gzip, deflate, br', ...options.headers }
  const asking = await openRequest(url, { proxy, headers, signal })
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  asking.once('response', resolve)
  asking.on('error', (error) => {
    const isOfProxy = proxy && url.protocol === 'http:' && !signal.aborted
    reject(isOfProxy ? unreachable(proxy, error) : error)
  })
  asking.end()
  const answer = await promise
  if (proxy && answer.statusCode === 407) {
    answer.destroy()
    throw refusal(proxy, 407)
  }
  return responseOf(answer)
}

interface Way extends ProxiedFetchOptions {
  readonly proxy: URL | undefined
}

async function openRequest(url: URL, { proxy, headers, signal }: Way): Promise<ClientRequest> {
  if (url.protocol === 'http:') {
    return proxy
      ? requestThrough(proxy, url, { method: 'GET', headers }, signal)
      : requestPlain(url, { headers, signal, agent: false })
  }
  if (!proxy) return requestOverTls(url, { headers, signal, agent: false })
  const { hostname } = url
  const socket = await openTunnel(proxy, { hostname, port: Number(url.port) || 443 }, signal)
  const createConnection = () => connectTls({ socket, servername: hostname })
  return requestOverTls(url, { headers, signal, createConnection })
}

const UNPACKERS: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** Of these there is no body, whatever came (Fetch Standard, "null body status"). */
const WITHOUT_BODY = [204, 205, 304]

function responseOf(answer: IncomingMessage): Response {
  const { statusCode: status = 0, headers } = answer
  const init = {
    status,
    headers: new Headers(
      Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      ),
    ),
  }
  if (WITHOUT_BODY.includes(status)) {
    answer.destroy()
    return new Response(null, init)
  }
  const unpacker = UNPACKERS[headers['content-encoding']?.toLowerCase() ?? '']?.()
  // Who reads the result hears of what goes wrong.
  const body = unpacker ? pipeline(answer, unpacker, () => undefined) : answer
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, init)
}
