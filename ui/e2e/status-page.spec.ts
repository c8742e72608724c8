// A status page from both sides: an administrator makes and shares it, somebody without a session reads it.
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible, expectAccessibleAnywhere } from './accessible.ts'
import { fleetOf } from './fleet-of.ts'
import { claimLink, freshPage } from './journey.ts'
import { Stack } from './stack.ts'

let stack: Stack
/** The administrator's. */
let page: Page
/** Somebody's who has only the link. */
let reader: Page
let link = ''
let endFleet = () => {}

test.beforeAll(async ({ browser }) => {
  stack = await Stack.start({ agent: false })
  page = await freshPage(browser)
  await claimLink(page, stack)
  endFleet = await fleetOf(2, stack, page)
  reader = await freshPage(browser)
})
test.afterAll(async () => {
  endFleet()
  await stack.close()
})
test.describe.configure({ mode: 'serial' })

const dialog = () => page.getByRole('dialog')
const row = () => page.locator('[data-status-page="Our servers"]')

test('an administrator makes one, which nobody sees until it is switched on', async () => {
  await page.goto(`${stack.url}/settings`)
  await page.getByRole('link', { name: 'Status pages' }).click()
  await expect(page.locator('.lead')).toHaveText('Nothing is shared.')
  await expect(page.locator('main')).toContainText('it is off until you switch it on')
  await expectAccessibleAnywhere(page)

  await page.getByRole('button', { name: 'New status page…' }).click()
  await dialog().getByRole('button', { name: 'Make the page' }).click()
  await expect(dialog()).toContainText('Give the page a title.')
  await dialog().getByLabel('Title', { exact: true }).fill('Our servers')
  await dialog().getByLabel('Line under the title').fill('Ask ops@example.org')
  await dialog().getByRole('button', { name: 'Shown' }).click()
  await expectAccessible(page)
  await dialog().getByRole('button', { name: 'Make the page' }).click()
  await expect(row()).toContainText('every server, by name')
  await expect(page.locator('.lead')).toHaveText('No status page is shared.')
  link = (await row().locator('.address > span').first().textContent()) ?? ''
  expect((await reader.goto(link))?.status()).toBe(404)
  await expect(reader.locator('h1')).toHaveText('No page here')

  await row().getByRole('switch').press('Space')
  await expect(page.locator('.lead')).toHaveText('1 status page is shared.')
  await expect(row().getByRole('link')).toHaveAttribute('href', link)
  await expectAccessibleAnywhere(page)
})

test('who has the link reads it without a session, and nothing else is asked of anybody', async () => {
  const asked: string[] = []
  const complaints: string[] = []
  reader.on('request', (request) => asked.push(request.url()))
  reader.on('console', (message) => complaints.push(message.text()))
  await reader.goto(link)
  await expect(reader.locator('h1')).toHaveText('Our servers')
  await expect(reader.locator('.lead')).toHaveText('All 2 servers are up.')
  await expect(reader.locator('main')).toContainText('node-0001')
  await expect(reader.getByRole('list').first().getByRole('listitem').first()).toContainText('Up')
  // The policy lets the style of the page be, and no browser finds anything amiss.
  expect(
    await reader
      .locator('.panel')
      .first()
      .evaluate((box) => getComputedStyle(box).borderTopWidth),
  ).toBe('1px')
  expect(complaints).toEqual([])
  expect(new Set(asked)).toEqual(new Set([link]))
  expect(await reader.context().cookies()).toEqual([])
  await expectAccessibleAnywhere(reader)
  await reader.getByRole('link', { name: 'Stop that' }).click()
  await expect(reader.locator('footer')).toContainText('This page stays as it is.')
  await reader.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(reader)
})

test('it is changed, switched off and deleted, and whoever has the link finds nothing', async () => {
  await row().getByRole('button', { name: 'Change Our servers' }).click()
  await dialog().getByRole('button', { name: 'Hidden' }).click()
  await dialog().getByLabel('Shared').selectOption('for 7 days')
  await dialog().getByLabel('End of the address').fill('ours')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(row()).toContainText('names hidden')
  // Past what the browser keeps of it.
  expect((await reader.request.get(link)).status()).toBe(404)
  link = `${stack.url}/status/ours`
  await reader.goto(link)
  await expect(reader.locator('main')).toContainText('Server 1')
  await expect(reader.locator('main')).not.toContainText('node-0001')

  await row().getByRole('switch').click()
  await expect(page.locator('.lead')).toHaveText('No status page is shared.')
  expect((await reader.request.get(link)).status()).toBe(404)
  await row().getByRole('button', { name: 'Delete Our servers' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete the page' }).click()
  await expect(page.locator('.lead')).toHaveText('Nothing is shared.')
})
