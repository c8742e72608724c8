// Owns the ways through the dashboard that several tests share.
import { expect, type Browser, type Page } from '@playwright/test'
import { administrator, Stack } from './stack.ts'

/** Of a browser that has no session yet. */
export async function freshPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage()
}

/** Follows the one-time link of the first start, and makes the administrator. Ends on the fleet. */
export async function claimLink(page: Page, stack: Stack): Promise<void> {
  await page.goto(stack.signInLink)
  await page.getByLabel('E-mail').fill(administrator.email)
  await page.getByLabel('Password').fill(administrator.password)
  await page.getByRole('button', { name: 'Create the account and start' }).click()
  await expect(page.getByRole('heading', { name: 'Fleet' })).toBeAttached()
}

/** A hub of this machine that has its administrator already. */
export async function claimedStack(browser: Browser): Promise<Stack> {
  const stack = await Stack.start()
  const page = await browser.newPage()
  await claimLink(page, stack)
  await page.close()
  return stack
}

export async function signIn(
  page: Page,
  stack: Pick<Stack, 'url'>,
  password: string,
): Promise<void> {
  await page.goto(`${stack.url}/sign-in`)
  await page.getByLabel('E-mail').fill(administrator.email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** From the fleet to the page of a host. */
export async function openHost(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name }).first().click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** The number behind a live value, in the catalogue's unit; NaN while there is none. */
export async function valueOf(page: Page, selector: string): Promise<number> {
  const written = await page.locator(selector).first().getAttribute('data-value')
  return written === null || written === '' ? NaN : Number(written)
}

/** Everything that the page asks of anybody but its hub; must stay empty. */
export function watchForeignRequests(page: Page, stack: Stack): string[] {
  const foreign: string[] = []
  const hub = new URL(stack.url).host
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.host !== hub) foreign.push(request.url())
  })
  return foreign
}
