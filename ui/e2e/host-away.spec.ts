import { expect, test, type Page } from '@playwright/test'
import { claimLink, openHost } from './journey.ts'
import { Stack } from './stack.ts'

let stack: Stack
let page: Page
test.beforeAll(async ({ browser }) => {
  stack = await Stack.start({ agent: false })
  page = await browser.newPage()
  await claimLink(page, stack)
})
test.afterAll(() => stack.close())
test.describe.configure({ mode: 'serial' })

test('a clone of a machine is shown as one, and the original keeps reporting', async () => {
  await stack.startAgent('original')
  await expect(page.locator('[data-host-id]')).toHaveAttribute('data-status', 'up')
  const clone = await stack.cloneAgent('original', 'clone')
  await openHost(page, 'original')
  await expect(page.locator('[data-notice="duplicate"]')).toContainText('has used this identity')
  await expect(page.locator('[data-status]').first()).toHaveAttribute('data-status', 'up')
  await stack.end(clone)
})

test('an agent that says goodbye is not a crisis; one that falls silent is down', async () => {
  const agent = await stack.startAgent('leaving')
  await page.goto(stack.url)
  const host = page.locator('[data-host-id]').filter({ hasText: 'leaving' })
  await expect(host).toHaveAttribute('data-status', 'up')

  await stack.end(agent, 'SIGTERM')
  await expect(host).toHaveAttribute('data-status', 'unknown')
  await expect(host).toContainText('Its agent was stopped at')

  const again = stack.runAgent('leaving')
  await expect(host).toHaveAttribute('data-status', 'up')
  await stack.end(again, 'SIGKILL')
  await expect(host).toHaveAttribute('data-status', 'down', { timeout: 60_000 })
  await expect(host).toContainText('No sample since')
  await expect(page.getByRole('link', { name: 'leaving is down' })).toBeVisible()
})

test('a status page says so to whoever reads it', async () => {
  const link = await page.evaluate(async () => {
    const answer = await fetch('/api/v1/status-pages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Our servers', names: 'shown', isOn: true }),
    })
    return ((await answer.json()) as { url: string }).url
  })
  await page.goto(link)
  await expect(page.locator('.lead')).toContainText('is down')
  await expect(page.getByRole('listitem').filter({ hasText: 'leaving' }).first()).toContainText(
    /Down since .* UTC/,
  )
})

test('a host is renamed, retired out of the fleet, brought back and deleted by its typed name', async () => {
  await stack.startAgent('walked')
  await page.goto(stack.url)
  await openHost(page, 'walked')
  const choose = async (action: string) => {
    await page.getByRole('button', { name: 'Change this host' }).click()
    await page.locator(`[data-action="${action}"]`).click()
    return page.getByRole('dialog')
  }
  let dialog = await choose('rename')
  await dialog.getByLabel('Name').fill('renamed')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'renamed' })).toBeVisible()

  // A dialog is closed when one goes back to another host under it.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('original')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'original' })).toBeVisible()
  dialog = await choose('retire')
  await expect(dialog).toContainText('original')
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'renamed' })).toBeAttached()
  await expect(dialog).toHaveCount(0)

  dialog = await choose('retire')
  await dialog.getByRole('button', { name: 'Retire' }).click()
  await expect(page.locator('[data-notice="retired"]')).toContainText('is not watched')
  await page.goto(stack.url)
  await expect(page.locator('[data-host-id]').filter({ hasText: 'original' })).toBeVisible()
  await expect(page.locator('[data-host-id]').filter({ hasText: 'renamed' })).toHaveCount(0)
  await page.getByText('1 retired host').click()
  await page.getByRole('link', { name: 'renamed' }).click()

  dialog = await choose('bring-back')
  await dialog.getByRole('button', { name: 'Bring back' }).click()
  await expect(page.locator('[data-notice="retired"]')).toHaveCount(0)
  dialog = await choose('delete')
  const remove = dialog.getByRole('button', { name: 'Delete' })
  await expect(remove).toBeDisabled()
  await dialog.getByLabel('To confirm').fill('renamed')
  await remove.click()
  await expect(page.getByRole('heading', { name: 'Fleet' })).toBeAttached()
  await expect(page.locator('[data-host-id]').filter({ hasText: 'renamed' })).toHaveCount(0)
})
