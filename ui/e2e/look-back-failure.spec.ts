import { expect, test } from '@playwright/test'
import { claimLink, openHost } from './journey.ts'
import { Stack } from './stack.ts'

let stack: Stack
test.beforeAll(async () => {
  stack = await Stack.start()
})
test.afterAll(() => stack.close())

test('a history that cannot be read is said, and asked for again', async ({ page }) => {
  await claimLink(page, stack)
  await page.route('**/history?*', (route) => route.abort())
  await openHost(page, 'this-machine')
  await page.getByRole('button', { name: '6 h', exact: true }).click()
  const notice = page.locator('[data-notice="history"]')
  await expect(notice).toContainText('The history could not be read')
  await expect(page.locator('figure[data-chart] .empty').first()).toHaveText('Could not be read')
  // What is heard live is shown as ever.
  await expect(page.locator('[data-figure="memory"] [data-value]')).toHaveAttribute(
    'data-value',
    /\d/,
  )

  await page.unroute('**/history?*')
  await notice.getByRole('button', { name: 'Try now' }).click()
  await expect(notice).toBeHidden()
})
