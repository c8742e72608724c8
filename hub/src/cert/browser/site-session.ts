// Owns one visit to a source's site: its pages through the browser, its documents without, one after another, and every way in
// which that can go wrong by its name.
import type { APIRequestContext, Page, Request, Response } from 'playwright-core'
import type { WatchFailure } from '../ports.ts'
import { oneLine, SourceFault } from '../sources/source-fault.ts'
import { openBrowser, openRequests, type OpenedBrowser } from './chromium.ts'
import { isSnap, SNAP_ADVICE } from './snap-chromium.ts'
import { openEgressGate, type EgressGate } from './egress-gate.ts'

const REQUEST_TIMEOUT_MS = 10_000
const READ_TIMEOUT_MS = 10_000
const SCREENSHOT_TIMEOUT_MS = 2_500
const MAX_PAGE_BYTES = 8_000_000
/** Of a page that comes compressed: it may be a thousand times as much. CERT-FR's are a tenth of this. */
const MAX_PACKED_BYTES = 300_000
const MAX_SCREENSHOT_BYTES = 2_000_000
const MAX_HTML_LENGTH = 256_000
const MAX_REDIRECTS = 5

export interface SessionOptions {
  readonly site: URL
  /** Through which the site is reached; undefined: directly. */
  readonly proxy: URL | undefined
  readonly userAgent: string
  /** Undefined: documents only. */
  readonly chromium: string | undefined
  readonly onBrowser: (pid: number) => void
  /** What one page may take. */
  readonly pageTimeoutMs: number
  /** Ends every step. */
  readonly signal: AbortSignal
}

export interface OpenedPage {
  readonly status: number
  readonly isHtml: boolean
}

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface SiteSession {
  /** @throws {SourceFault} when there is no answer, or it is none that a page can be read from. */
  open(path: string): Promise<OpenedPage>
  /** What the function returns inside the page that is open: plain data, not believed yet. */
  read<T>(inPage: (argument: T) => unknown, argument: T): Promise<unknown>
  /** @throws {SourceFault} when there is no answer, or more than `maxBytes`. */
  get(path: string, maxBytes: number): Promise<Answer>
  /** What the page that is open looks like, as far as it can be told. */
  picture(): Promise<Pick<WatchFailure, 'screenshot' | 'html'>>
  close(): Promise<void>
}

export async function openSiteSession(options: SessionOptions): Promise<SiteSession> {
  const { site, proxy, userAgent, signal, pageTimeoutMs } = options
  const gate = await openEgressGate(site, proxy)
  const requests = await openRequests({ proxyUrl: gate.proxyUrl, userAgent })
  const started = (): Promise<OpenedBrowser> => startBrowser(options, gate)
  // Only when a page is wanted: a source that forbids being read needs no browser.
  let browser: Promise<OpenedBrowser> | undefined
  return {
    async open(path) {
      browser ??= started()
      return openPage(await browser, new URL(path, site), { gate, signal, pageTimeoutMs })
    },

    async read(inPage, argument) {
      const { page } = await (browser ?? noPage())
      // The argument is plain data, which Playwright's types cannot see.
      const work = page.evaluate(inPage as (argument: unknown) => unknown, argument)
      return await before(work, READ_TIMEOUT_MS, signal).catch((error: unknown) => {
        throw faultOf(error, 'the page', gate)
      })
    },

    get: (path, maxBytes) => getDocument(requests, new URL(path, site), { maxBytes, gate, signal }),

    async picture() {
      try {
        return browser ? await pictureOf(await browser) : {}
      } catch {
        // It is there for people to look at; what went wrong has been told.
        return {}
      }
    },

    async close() {
      await browser?.then(
        ({ close }) => close(),
        () => undefined,
      )
      await requests.dispose().catch(() => undefined)
      await gate.close()
    },
  }
}

async function startBrowser(
  { chromium, userAgent, onBrowser }: SessionOptions,
  { proxyUrl }: EgressGate,
): Promise<OpenedBrowser> {
  if (chromium === undefined) throw new SourceFault('no-browser', 'no Chromium was found')
  try {
    return await openBrowser({ executablePath: chromium, proxyUrl, userAgent, onStart: onBrowser })
  } catch (error) {
    const words = isSnap(chromium) ? SNAP_ADVICE : firstLine(error)
    throw new SourceFault('browser-died', `${chromium} does not start: ${words}`, { cause: error })
  }
}

interface Step {
  readonly gate: EgressGate
  readonly signal: AbortSignal
}

async function openPage(
  { page, allow }: OpenedBrowser,
  url: URL,
  { gate, signal, pageTimeoutMs: limitMs }: Step & Pick<SessionOptions, 'pageTimeoutMs'>,
): Promise<OpenedPage> {
  const exceeded = gate.beginStep(MAX_PAGE_BYTES)
  allow(url.href)
  const broken = failedLoad(page, url.href, exceeded)
  const narrow = (response: Response): void => {
    if (isPacked(response.headers())) gate.narrow(MAX_PACKED_BYTES)
  }
  // When the headers are there, and the body is not yet.
  page.on('response', narrow)
  try {
    const loading = page.goto(url.href, { waitUntil: 'domcontentloaded', timeout: limitMs })
    const either = Promise.race([loading, broken.promise])
    const response = await before(either, limitMs, signal)
    if (!response) throw new SourceFault('bad-document', `${url.pathname}: there is no page`)
    const cutShort = await before(response.finished(), limitMs, signal)
    if (cutShort) throw faultOf(cutShort, url.pathname, gate)
    const type = response.headers()['content-type'] ?? ''
    return {
      status: response.status(),
      isHtml: /^(text\/html|application\/xhtml\+xml)/i.test(type),
    }
  } catch (error) {
    throw faultOf(error, url.pathname, gate)
  } finally {
    page.off('response', narrow)
    broken.end()
    allow(undefined)
  }
}

// A document that breaks off in the middle is never "loaded": `goto` would wait for its time to pass, also while a page that is
// too large keeps the browser busy.
function failedLoad(page: Page, url: string, exceeded: AbortSignal) {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  const look = (request: Request): void => {
    if (!request.isNavigationRequest() || firstUrlOf(request) !== url) return
    reject(new Error(request.failure()?.errorText ?? 'it failed'))
  }
  page.on('requestfailed', look)
  exceeded.addEventListener('abort', () => reject(new Error('it is too large')))
  return { promise, end: () => void page.off('requestfailed', look) }
}

function isPacked(headers: Record<string, string>): boolean {
  const encoding = headers['content-encoding']
  return encoding !== undefined && encoding !== 'identity'
}

function firstUrlOf(request: Request): string {
  const from = request.redirectedFrom()
  return from ? firstUrlOf(from) : request.url()
}

async function getDocument(
  requests: APIRequestContext,
  url: URL,
  { maxBytes, gate, signal }: Step & { readonly maxBytes: number },
): Promise<Answer> {
  // Headers and the handshake come on top.
  gate.beginStep(maxBytes + 100_000)
  try {
    const asking = requests.get(url.href, {
      maxRedirects: MAX_REDIRECTS,
      timeout: REQUEST_TIMEOUT_MS,
    })
    const response = await before(asking, REQUEST_TIMEOUT_MS, signal)
    const body = await before(response.body(), REQUEST_TIMEOUT_MS, signal)
    await response.dispose()
    if (body.length > maxBytes) {
      throw new SourceFault('too-large', `${url.pathname} is larger than ${maxBytes} bytes`)
    }
    return { status: response.status(), body: new TextDecoder().decode(body) }
  } catch (error) {
    throw faultOf(error, url.pathname, gate)
  }
}

// Also of a run that is to end: a page that took too long is worth a look.
async function pictureOf({
  page,
}: OpenedBrowser): Promise<Pick<WatchFailure, 'screenshot' | 'html'>> {
  const { signal } = new AbortController()
  const shooting = page.screenshot({ type: 'png', timeout: SCREENSHOT_TIMEOUT_MS })
  const png = await before(shooting, SCREENSHOT_TIMEOUT_MS, signal).catch(() => undefined)
  const html = await before(page.content(), SCREENSHOT_TIMEOUT_MS, signal).catch(() => undefined)
  return {
    ...(png && png.length <= MAX_SCREENSHOT_BYTES && { screenshot: png }),
    ...(html !== undefined && { html: html.slice(0, MAX_HTML_LENGTH).toWellFormed() }),
  }
}

const FAULTS = [
  [/ERR_CERT_|ERR_SSL_|certificate|ERR_TLS_|unable to verify|SSL routines/i, 'certificate-error'],
  [/ERR_TOO_MANY_REDIRECTS|Max redirect count exceeded/, 'http-error'],
  [/Download is starting|ERR_ABORTED|ERR_INVALID_RESPONSE/, 'bad-document'],
  [/ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED|ERR_CONTENT_DECODING/, 'bad-document'],
  [/crashed|has been closed|Target closed|browser has disconnected/i, 'browser-died'],
  [/Timeout|timed out|ERR_TIMED_OUT/i, 'deadline'],
] as const

function faultOf(error: unknown, where: string, gate: EgressGate): SourceFault {
  if (error instanceof SourceFault) return error
  const words = firstLine(error)
  const say = (kind: SourceFault['kind'], detail: string) =>
    new SourceFault(kind, oneLine(`${where}: ${detail}`), { cause: error })
  if (gate.isExceeded) return say('too-large', 'it is larger than what is read')
  if (gate.proxyFault !== undefined) return say('proxy-error', gate.proxyFault)
  const kind = FAULTS.find(([pattern]) => pattern.test(words))?.[1]
  if (kind) return say(kind, words)
  if (isRefusal(words) && gate.refused.length > 0) {
    return say('http-error', `it leads to another site: ${gate.refused.join(', ')}`)
  }
  return say('unreachable', words)
}

// Chromium asks for addresses of its own, which are refused as well: a refusal counts where the step failed by one.
function isRefusal(words: string): boolean {
  return /ERR_TUNNEL_CONNECTION_FAILED|ERR_HTTP_RESPONSE_CODE_FAILURE|403|Proxy/i.test(words)
}

function firstLine(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  return words.split('\n', 1)[0] ?? ''
}

function noPage(): never {
  throw new SourceFault('bad-document', 'no page is open')
}

/** Rejects when it takes longer, or when the run is to end; the work itself is ended with the browser. */
async function before<T>(work: Promise<T>, limitMs: number, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined)
  signal.throwIfAborted()
  let end: () => void = () => undefined
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => {
      reject(new SourceFault('deadline', `there is no answer within ${limitMs / 1000} s`))
    }, limitMs + 500)
    const stop = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', stop)
    end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
  })
  try {
    return await Promise.race([work, late])
  } finally {
    end()
  }
}
