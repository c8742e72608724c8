// What a page of somebody else can make a real browser do to a hub whose administrator is signed in beside it: nothing. And
// what the hub's own pages do with hostile names: they show them, and break no content policy.
import { globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../src/cert/browser/find-chromium.ts'
import { administratorOf } from '../doors/visitor.ts'
import { TestAgent } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'

const ends: (() => Promise<void>)[] = []
const EVIL_PAGE = readFileSync(join(import.meta.dirname, 'evil-page.html'))
const MARKUP = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
let hub: TestHub
let browser: Browser
let context: BrowserContext
/** Another site, and another origin of the same site, whose pages send the hub's cookies along. */
let evil: { readonly site: string; readonly sibling: string }

beforeAll(async () => {
  hub = await startHub({}, (end) => ends.push(end))
  const { token } = await hub.enrolments.create({})
  const agent = new TestAgent({ hub: hub.address, token, hostname: MARKUP.slice(0, 60) })
  ends.push(() => agent.close())
  await agent.enter()
  agent.say({
    type: 'snapshot',
    snapshot: { timeMs: Date.now(), users: [], failedUnits: [MARKUP.slice(0, 60)] },
  })
  await agent.acknowledged(agent.tick(Math.floor(Date.now() / 1000) * 1000))

  const page = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html')
    answer.end(EVIL_PAGE)
  })
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
  ends.push(() => new Promise((resolve) => page.close(() => resolve())))
  const { port } = page.address() as AddressInfo
  evil = { site: `http://evil.example:${port}/`, sibling: `http://127.0.0.1:${port}/` }

  browser = await chromium.launch({
    ...executable(),
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--host-resolver-rules=MAP evil.example 127.0.0.1', '--disable-gpu'],
  })
  ends.push(() => browser.close())
  context = await browser.newContext()
  const { cookies } = await administratorOf(hub)
  await context.addCookies(
    [...cookies].map(([name, value]) => ({ name, value, url: hub.address, httpOnly: true })),
  )
}, 120_000)

afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

function executable(): { executablePath?: string } {
  const executablePath = findChromium()
  return executablePath === undefined ? {} : { executablePath }
}

async function enrolments(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from enrolment`.execute(
    hub.store.db,
  )
  return rows[0]?.count ?? -1
}

async function pageAt(address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  return page
}

/** Calls a function of the evil page. */
function attack(page: Page, name: string, ...args: readonly unknown[]): Promise<unknown> {
  return page.evaluate(`${name}(...${JSON.stringify(args)})`)
}

it('the administrator is signed in, so that the rest says something', async () => {
  const page = await pageAt(`${hub.address}/api/v1/tokens`)
  expect(await page.textContent('body')).toContain('items')
  await page.close()
})

describe.each(['site', 'sibling'] as const)('a page of another origin (%s)', (where) => {
  it('L1 opens no live socket', async () => {
    const page = await pageAt(evil[where])
    const ending = await attack(page, 'openLive', `${hub.address.replace('http', 'ws')}/live`)
    expect(ending).toBe('refused')
    await page.close()
  })

  it('reads nothing', async () => {
    const page = await pageAt(evil[where])
    const read = await attack(page, 'read', `${hub.address}/api/v1/hosts`)
    // Of the same site the policy `same-origin` is what refuses: there the cookies go along.
    expect(read).toEqual(['refused', 'refused', 'refused'])
    await page.close()
  })

  it('changes nothing by fetch', async () => {
    const before = await enrolments()
    const page = await pageAt(evil[where])
    await attack(page, 'change', `${hub.address}/api/v1/enrolments`)
    await page.close()
    expect(await enrolments()).toBe(before)
  })

  it('changes nothing by forms', async () => {
    const before = await enrolments()
    const page = await pageAt(evil[where])
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const answered = page.waitForResponse(`${hub.address}/api/v1/enrolments`)
      await attack(page, 'submit', `${hub.address}/api/v1/enrolments`, type)
      expect((await answered).status(), type).toBe(403)
    }
    await page.close()
    expect(await enrolments()).toBe(before)
  })

  it('frames nothing', async () => {
    const page = await pageAt(evil[where])
    const paths = ['/', '/settings/hub', '/api/v1/hosts', '/docs', '/api/v1/mails/1/html']
    await attack(
      page,
      'frame',
      paths.map((path) => hub.address + path),
    )
    const framed = (): string[] =>
      page
        .frames()
        .slice(1)
        .map((frame) => frame.url())
    await expect.poll(framed).toEqual(paths.map(() => 'chrome-error://chromewebdata/'))
    await page.close()
  })
})

it('the hub answers to no name that somebody else has made lead to it', async () => {
  const { port } = new URL(hub.address)
  const page = await context.newPage()
  const answer = await page.goto(`http://evil.example:${port}/api/v1/session`)
  expect(answer?.status()).toBe(421)
  await page.close()
})

it('every page shows hostile names as text, loads nothing from elsewhere and breaks no policy', async () => {
  const faults: string[] = []
  const page = await context.newPage()
  await page.exposeFunction('tellFault', (fault: string) => faults.push(fault))
  await page.addInitScript({
    content: `document.addEventListener('securitypolicyviolation', (event) =>
      tellFault([location.pathname, event.violatedDirective, event.blockedURI].join(' ')))`,
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(hub.address) && !/^(data|blob):/.test(url)) faults.push(`asked ${url}`)
  })
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text())
  })
  for (const path of [...pages(), '/docs']) {
    const answer = await page.goto(hub.address + path)
    const policy = answer?.headers()['content-security-policy'] ?? ''
    expect(policy, path).toMatch(/default-src 'none'/)
    expect(policy, path).toContain("frame-ancestors 'none'")
    expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/)
    await page.locator('main, h1').first().waitFor()
    expect(await page.evaluate('"hit" in window'), path).toBe(false)
  }
  await page.goto(hub.address)
  await page.getByText(MARKUP.slice(0, 20)).first().waitFor()
  await page.close()
  expect(faults).toEqual([])
})

/** The address of every page of the dashboard; what a page is about is there or not. */
function pages(): string[] {
  const routes = join(import.meta.dirname, '../../../ui/src/routes')
  const found = globSync('**/+page.svelte', { cwd: routes }).map((file) =>
    `/${file}`
      .replace(/\/\+page\.svelte$/, '')
      .replace(/\/\([^)]*\)/g, '')
      .replace(/\[[^\]]*\]/g, '1'),
  )
  expect(found.length).toBeGreaterThan(10)
  return found.map((path) => path || '/')
}
