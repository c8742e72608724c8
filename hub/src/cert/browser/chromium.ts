// Owns starting and ending one Chromium, as shut in as it can be: no script runs, nothing is stored, nothing is downloaded, and
// all that it asks of the network goes through the gate. This is the only place that knows Playwright.
import { PROXY_VARIABLES } from '../company-proxy.ts'
import { chromium, request, type APIRequestContext, type Browser, type Page } from 'playwright-core'

const LAUNCH_TIMEOUT_MS = 15_000
const CLOSE_TIMEOUT_MS = 3_000
const VIEWPORT = { width: 1280, height: 900 }

export interface BrowserOptions {
  readonly executablePath: string
  readonly proxyUrl: string
  readonly userAgent: string
  /** Called with the browser's process before it has seen any page. */
  readonly onStart: (pid: number) => void
}

export interface OpenedBrowser {
  readonly page: Page
  /** What may be navigated to now; whatever else the page wants to load is not. */
  readonly allow: (url: string | undefined) => void
  /** Resolves when the browser is gone, gently or not. */
  readonly close: () => Promise<void>
}

export async function openBrowser(options: BrowserOptions): Promise<OpenedBrowser> {
  const browser = await chromium.launch({
    executablePath: options.executablePath,
    headless: true,
    // Root has no user namespaces to give away: Chromium would not start.
    chromiumSandbox: process.platform !== 'linux' || process.getuid?.() !== 0,
    proxy: { server: options.proxyUrl },
    env: withoutProxies(process.env),
    timeout: LAUNCH_TIMEOUT_MS,
    // Signals are the process's own business.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      // Names are resolved behind the gate.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--disable-quic',
    ],
  })
  let pid: number | undefined
  const close = async (): Promise<void> => {
    const closed = browser.close().catch(() => undefined)
    if (await isLate(closed, CLOSE_TIMEOUT_MS)) kill(pid)
    await closed
  }
  try {
    pid = await pidOf(browser)
    if (pid !== undefined) options.onStart(pid)
    return { ...(await openPage(browser, options.userAgent)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** For what is no page: robots.txt, documents and feeds. It works without a browser. */
export function openRequests(options: {
  readonly proxyUrl: string
  readonly userAgent: string
}): Promise<APIRequestContext> {
  return request.newContext({
    proxy: { server: options.proxyUrl },
    userAgent: options.userAgent,
    // A compressed answer may be a thousand times what came over the line.
    extraHTTPHeaders: { 'accept-encoding': 'identity', 'accept-language': 'fr' },
  })
}

async function openPage(browser: Browser, userAgent: string) {
  const context = await browser.newContext({
    userAgent,
    // Cards are in the HTML: without scripts no page can do anything but be read.
    javaScriptEnabled: false,
    serviceWorkers: 'block',
    acceptDownloads: false,
    locale: 'fr-FR',
    viewport: VIEWPORT,
  })
  const page = await context.newPage()
  let allowed: string | undefined
  context.on('page', (other) => {
    if (other !== page) void other.close().catch(() => undefined)
  })
  await context.route('**/*', async (route) => {
    const asked = route.request()
    const isWanted = asked.isNavigationRequest() && asked.url() === allowed
    // "aborted" leaves the page as it is, where other errors would show one of their own.
    await (isWanted ? route.continue() : route.abort('aborted')).catch(() => undefined)
  })
  return { page, allow: (url: string | undefined) => (allowed = url) }
}

/** The company's proxy is for the gate, and its password for nobody else. */
function withoutProxies(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !PROXY_VARIABLES.includes(name)))
}

async function pidOf(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.find(({ type }) => type === 'browser')?.id
}

async function isLate(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), limitMs)
  })
  try {
    return await Promise.race([work.then(() => false), late])
  } finally {
    clearTimeout(timer)
  }
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has gone by itself.
  }
}
