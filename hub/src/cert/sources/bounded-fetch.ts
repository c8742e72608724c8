// Owns fetching what is one file, without a browser: so many bytes, so much time, so many redirects and none to another site or
// out of TLS, and every fault by its name.
import type { WatchFailureKind } from '@vigie/shared/api/cert-watch'
import { proxiedFetch } from '../proxied-fetch.ts'
import { ProxyFault } from '../proxy-request.ts'
import { oneLine, SourceFault } from './source-fault.ts'
import { EVERYTHING_ALLOWED, robotsRulesOf } from './robots.ts'
import { MAX_ROBOTS_BYTES } from './limits.ts'

const TIMEOUT_MS = 30_000
const MAX_REDIRECTS = 3
const CERTIFICATE = /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY|SSL/

export interface FetchOptions {
  readonly userAgent: string
  readonly maxBytes: number
  readonly signal: AbortSignal
  /** For the whole of it, the body included; 30 s unless set. */
  readonly timeoutMs?: number | undefined
  /** Beside the name of who asks. */
  readonly headers?: Readonly<Record<string, string>>
}

/** @throws {SourceFault} for whatever the source does; the signal's reason when it is aborted. */
export function fetchBounded(url: string, options: FetchOptions): Promise<string> {
  return withAnswer(url, options, async (response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of bodyOf(response, url, options.maxBytes)) chunks.push(chunk)
    return new TextDecoder().decode(Buffer.concat(chunks))
  })
}

/**
 * For what is too large to be held at once: `use` takes the answer, whatever its status, within the same limits.
 * @throws as {@link fetchBounded}, and what `use` throws as a fault of the source.
 */
export async function withAnswer<Result>(
  url: string,
  options: FetchOptions,
  use: (response: Response) => Promise<Result>,
): Promise<Result> {
  const late = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
  const signal = AbortSignal.any([options.signal, late])
  try {
    return await use(await followed(new URL(url), options, signal))
  } catch (error) {
    options.signal.throwIfAborted()
    throw faultOf(error, url, late)
  }
}

/**
 * Whether robots.txt lets the address be read; an unreadable one forbids nothing.
 * @throws {SourceFault} `disallowed`
 */
export async function askRobots(url: string, options: FetchOptions): Promise<void> {
  const { origin, pathname } = new URL(url)
  const rules = await fetchBounded(`${origin}/robots.txt`, {
    ...options,
    maxBytes: MAX_ROBOTS_BYTES,
  }).then(
    (text) => robotsRulesOf(text, 'vigie'),
    () => EVERYTHING_ALLOWED,
  )
  options.signal.throwIfAborted()
  if (rules.isAllowed(pathname)) return
  throw new SourceFault('disallowed', `robots.txt does not allow ${pathname}`)
}

async function followed(
  start: URL,
  { userAgent, headers }: FetchOptions,
  signal: AbortSignal,
): Promise<Response> {
  let url = start
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await proxiedFetch(url, {
      headers: { ...headers, 'user-agent': userAgent },
      signal,
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) return response
    await response.body?.cancel()
    const next = URL.parse(location, url.href)
    // A redirect must not be a way into the network that the hub stands in.
    if (next?.host !== start.host || next.protocol !== start.protocol) {
      throw new SourceFault('http-error', `${url.href}: it leads to another site: ${location}`)
    }
    url = next
  }
  throw new SourceFault('http-error', `${start.href}: it redirects too often`)
}

/** The body as it comes. @throws {SourceFault} when there is none, or more than `maxBytes` of it. */
export async function* bodyOf(
  response: Response,
  url: string,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    throw new SourceFault('http-error', `${url}: HTTP ${response.status}`)
  }
  const body: ReadableStream<Uint8Array> = response.body
  let sizeBytes = 0
  // What was compressed is counted as it is unpacked. Leaving the loop ends the connection.
  for await (const chunk of body) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) {
      throw new SourceFault('too-large', `${url} is larger than ${maxBytes} bytes`)
    }
    yield chunk
  }
}

function faultOf(error: unknown, url: string, late: AbortSignal): SourceFault {
  if (error instanceof SourceFault) return error
  if (late.aborted) return new SourceFault('deadline', `${url}: there is no answer in time`)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const words = error instanceof Error ? error.message : String(error)
  return new SourceFault(kindOf(error, code), oneLine(`${url}: ${words || code}`), { cause: error })
}

function kindOf(error: unknown, code: string): WatchFailureKind {
  if (error instanceof ProxyFault) return 'proxy-error'
  return CERTIFICATE.test(code) ? 'certificate-error' : 'unreachable'
}
