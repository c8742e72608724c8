// The CERT watch as people meet it: a real hub that reads a replica of the site with a real browser, and hosts that tell what they
// have installed. The states that a real watch is seldom in: cert.spec.ts.
import { expect, test, type Page } from '@playwright/test'
import { packageLine, packagesText } from '@vigie/shared/protocol/package-line'
import type { Package } from '@vigie/shared/protocol/packages'
import { WITH_PACKAGES } from '@vigie/shared/protocol/version'
import { CertSite } from '../../hub/test/cert-site/cert-site.ts'
import { hashOfText } from '../../hub/src/store/package-text.ts'
import { TestAgent } from '../../hub/test/test-agent.ts'
import { expectAccessible } from './accessible.ts'
import { claimLink } from './journey.ts'
import { Stack } from './stack.ts'

const NEW = 'CERTFR-2026-ALE-012'
/** Only somebody who asks for it has the site read. */
const NEVER = '0 0 1 1 *'

let stack: Stack
let site: CertSite
let page: Page
const agents: TestAgent[] = []
const faults: string[] = []

test.beforeAll(async ({ browser }) => {
  site = await CertSite.open()
  stack = await Stack.start({
    agent: false,
    environment: {
      VIGIE_CERT_URL: site.url,
      VIGIE_CERT_SOURCES: 'certfr-alerts',
      VIGIE_CERT_CRON: NEVER,
    },
  })
  page = await (await browser.newContext()).newPage()
  page.on('pageerror', ({ message }) => faults.push(message))
  await claimLink(page, stack)
})
test.afterAll(async () => {
  for (const agent of agents) agent.socket.terminate()
  await stack.close()
  await site.close()
})
test.describe.configure({ mode: 'serial' })
test.afterEach(() => expect(faults).toEqual([]))

/** A host that says what it is and what it has installed. */
async function join(hostname: string, os: { id: string; version: string }, put?: Package[]) {
  const answer = await page.request.post(`${stack.url}/api/v1/enrolments`, {
    data: { name: hostname },
    headers: { origin: stack.url },
  })
  const { token } = (await answer.json()) as { token: string }
  const agent = new TestAgent({ hub: stack.url, token, hostname, protocol: WITH_PACKAGES })
  agents.push(agent)
  await agent.enter()
  const inventory = {
    hostname,
    os: { ...os, name: os.id, kernel: '1', architecture: 'x86_64' },
    cpu: { model: 'm', logicalCount: 1 },
    memoryBytes: 1,
    disks: [],
    filesystems: [],
    interfaces: [],
    timezone: 'UTC',
    agentVersion: '0.1.0',
  }
  agent.say({ type: 'inventory', hash: hostname, inventory })
  if (!put) return
  const hash = hashOfText(packagesText(put.map(packageLine)))
  agent.say({
    type: 'packages',
    base: null,
    hash,
    readMs: Date.now(),
    put,
    removed: [],
    isLast: true,
  })
}

const check = async () => {
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.locator('[data-check="done"]')).toBeVisible({ timeout: 60_000 })
}

test('what is open when the watch begins is there without a word', async () => {
  await page.goto(`${stack.url}/cert`)
  await expect(page.locator('p.lead')).toContainText('3 are open', { timeout: 60_000 })
  await expect(page.locator('[data-watch="well"]')).toBeVisible()
  await page.getByRole('button', { name: /^Open/ }).click()
  await expect(page.locator('[data-advisory="CERTFR-2026-ALE-011"]')).toContainText('Goéland')
  await page.getByRole('link', { name: 'CERTFR-2026-ALE-011' }).click()
  // Nobody is mailed by this hub, and the page does not claim it.
  await expect(page.locator('[data-told="begun"]')).toContainText('told nobody')
  await expect(page.locator('[data-part="solution"]')).toContainText('Installer la version')
  await expectAccessible(page)
})

test('a new alert is found by a check, with the hosts that it concerns and why', async () => {
  await join('mac-1', { id: 'macos', version: '15.1' }, [
    { manager: 'homebrew', name: 'nginx', version: '1.25.1' },
  ])
  await join('deb-1', { id: 'debian', version: '12' }, [
    {
      manager: 'dpkg',
      name: 'nginx',
      version: '1.22.1-9',
      origin: 'Debian Nginx Maintainers <nginx@packages.debian.org>',
    },
  ])
  await join('mute-1', { id: 'debian', version: '12' })
  const text = 'Nginx versions antérieures à 1.27.4'
  site.publish(NEW, { product: 'Nginx', affected: [{ text, vendor: 'F5', product: 'Nginx' }] })
  await page.goto(`${stack.url}/cert`)
  await check()
  await expect(page.locator('[data-check="done"]')).toContainText('1 new')
  const card = page.locator(`article[data-advisory="${NEW}"]`)
  const row = (name: string) => card.getByRole('row').filter({ hasText: name })
  await expect(row('mac-1')).toHaveAttribute('data-verdict', 'concerned', { timeout: 60_000 })
  await expect(row('mac-1')).toContainText('nginx 1.25.1')
  await expect(row('mac-1')).toContainText(text)
  await expect(row('deb-1')).toHaveAttribute('data-verdict', 'check')
  await expect(page.locator('p.lead')).toContainText('One open alert concerns your hosts: 1 host')
  await expect(page.locator('[data-without="1"]')).toContainText('mute-1')
  await expectAccessible(page)
})

test('the host says it too, and marks when it became known', async () => {
  await page.getByRole('link', { name: 'mac-1' }).click()
  await expect(page.locator('[data-host-advisories]')).toHaveText('1 advisory concerns it')
  await expect(page.locator('#advisories')).toContainText('nginx 1.25.1')
  await page.locator('#advisories').getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/cert/${NEW}$`))
})

test('it is dealt with, and made to do again', async () => {
  await page.getByRole('button', { name: 'Handled' }).click()
  await page.getByLabel('Comment').fill('by hand')
  await page.getByRole('button', { name: 'Mark as handled' }).click()
  await expect(page.locator('[data-handled="patched"]')).toContainText('by hand')
  await expect(page.locator('[data-alerts-to-do]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Make it to do again' }).click()
  await expect(page.locator('[data-alerts-to-do="1"]')).toBeVisible()
})

test('a site under maintenance is a failure with what was seen, and no news is not claimed', async () => {
  site.mood = 'maintenance'
  await page.goto(`${stack.url}/cert`)
  await check()
  await expect(page.locator('p.lead')).toContainText('could not see')
  await expect(page.locator('[data-run-line="failed"]').first()).toContainText('maintenance')
  await expect(page.locator('[data-watch="warning"]')).toContainText('cannot read CERT-FR alerts')
  const seen = page.getByRole('link', { name: 'Page as text' })
  const file = await page.request.get(
    new URL((await seen.getAttribute('href')) ?? '', stack.url).href,
  )
  expect(file.headers()['content-type']).toContain('text/plain')
  await expectAccessible(page)
  site.mood = 'well'
  await check()
  await expect(page.locator('[data-watch="well"]')).toBeVisible()
})
