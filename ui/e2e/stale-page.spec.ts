// A page that stays open for weeks, while its hub goes and comes back as another version.
import { expect, test } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { claimedStack, signIn } from './journey.ts'
import { administrator, type Stack } from './stack.ts'

let stack: Stack
test.beforeAll(async ({ browser }) => {
  stack = await claimedStack(browser)
})
test.afterAll(() => stack.close())

test('a page that is older than its hub says so, and is loaded anew', async ({ page }) => {
  await signIn(page, stack, administrator.password)
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
  await page.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'next' } }))
  await stack.killHub()
  await stack.startHub()
  const words = page.getByText('The hub has a newer version of this page.')
  await expect(words).toBeVisible({ timeout: 40_000 })
  await expectAccessible(page)
  await page.unroute('**/_app/version.json')
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(words).toBeHidden()
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
})

test('a part that could not be fetched is missed in words, and there after a reload', async ({
  page,
}) => {
  await signIn(page, stack, administrator.password)
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
  await page.goto(`${stack.url}/settings/people`)
  const invite = page.getByRole('button', { name: 'Invite' })
  await expect(invite).toBeVisible()
  await page.route('**/*.js', (route) => route.abort())
  await invite.click()
  const words = page.getByText('A part of this page could not be fetched.')
  await expect(words).toBeVisible()
  await page.unroute('**/*.js')
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(words).toBeHidden()
  await invite.click()
  await expect(page.getByRole('dialog')).toBeVisible()
})
