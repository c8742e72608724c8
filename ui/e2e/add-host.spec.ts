import { expect, test } from '@playwright/test'
import { claimLink } from './journey.ts'
import { Stack } from './stack.ts'

let stack: Stack
test.beforeAll(async () => {
  stack = await Stack.start({ agent: false })
})
test.afterAll(() => stack.close())

test('an empty fleet leads to a command, which turns into the new host', async ({ page }) => {
  await claimLink(page, stack)
  await expect(page.getByText('No machine reports here yet.')).toBeVisible()
  await page.getByRole('link', { name: 'Add a host' }).first().click()
  await page.getByLabel('Name').fill('new-machine')
  await page.getByRole('button', { name: 'Make the command' }).click()

  const command = page.getByText(/vigie-agent join/)
  await expect(command).toContainText(stack.url)
  stack.paste('new-machine', (await command.textContent()) ?? '')

  await expect(page.getByText('new-machine has joined.')).toBeVisible()
  await page.getByRole('link', { name: 'Open new-machine' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'new-machine' })).toBeVisible()
  await expect(page.locator('[data-figure="memory"] [data-value]')).toHaveAttribute(
    'data-value',
    /\d/,
  )
})
