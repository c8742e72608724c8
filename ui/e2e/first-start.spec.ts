import { expect, test } from '@playwright/test'
import { claimLink, signIn, valueOf, watchForeignRequests } from './journey.ts'
import { administrator, Stack } from './stack.ts'

let stack: Stack
test.beforeAll(async () => {
  stack = await Stack.start()
})
test.afterAll(() => stack.close())
test.describe.configure({ mode: 'serial' })

test('the first link makes the administrator and shows this machine live', async ({ page }) => {
  const foreign = watchForeignRequests(page, stack)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))

  await claimLink(page, stack)
  expect(new URL(page.url()).hash, 'the secret leaves the address bar').toBe('')
  const host = page.locator('[data-host-id]').filter({ hasText: 'this-machine' })
  await expect(host).toHaveAttribute('data-status', 'up')
  await expect
    .poll(() => valueOf(page, '[data-host-id] [data-metric="cpuRatio"]'))
    .toBeGreaterThanOrEqual(0)
  expect(foreign).toEqual([])
  expect(errors).toEqual([])
})

test('the link is good once', async ({ page }) => {
  await page.goto(stack.signInLink)
  await expect(page.getByText('This link does not work any more')).toBeVisible()
})

test('a wrong password is refused in words, the right one opens the fleet', async ({ page }) => {
  await signIn(page, stack, 'not the right password')
  await expect(page.getByText('do not belong together')).toBeVisible()
  await signIn(page, stack, administrator.password)
  await expect(page.locator('[data-host-id]')).toBeVisible()
})

test('signing out ends the session, and a page asks to sign in and leads back', async ({
  page,
}) => {
  await signIn(page, stack, administrator.password)
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await page.goto(`${stack.url}/hosts/1`)
  await page.getByLabel('E-mail').fill(administrator.email)
  await page.getByLabel('Password').fill(administrator.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'this-machine' })).toBeVisible()

  await page.goto(`${stack.url}/hosts/99`)
  await expect(page.getByRole('heading', { name: 'There is no host number 99' })).toBeVisible()
  await page.goto(`${stack.url}/hosts/web-1`)
  await expect(
    page.getByRole('heading', { name: 'There is no page at this address.' }),
  ).toBeVisible()
})

test('a later link signs the administrator in without a form', async ({ page }) => {
  await stack.killHub()
  await stack.startHub()
  await page.goto(stack.signInLink)
  await expect(page.locator('[data-host-id]')).toBeVisible()
})

test('speaks French to a French browser', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'fr-FR' })
  const page = await context.newPage()
  await page.goto(`${stack.url}/sign-in`)
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await expect(page.getByLabel('Mot de passe')).toBeVisible()
  await context.close()
})
