import { expect, test } from '@playwright/test'
import { claimLink, openHost } from './journey.ts'
import { Stack } from './stack.ts'

let stack: Stack
test.beforeAll(async () => {
  stack = await Stack.start({ agent: false })
})
test.afterAll(() => stack.close())

test('a hole says why, while it grows and ever after', async ({ page }) => {
  await claimLink(page, stack)
  const agent = await stack.startAgent('db-1')
  await openHost(page, 'db-1')
  const time = () => page.locator('[data-live-time-ms]').getAttribute('data-live-time-ms')
  const holes = page.locator('[data-gap-reason]')
  await expect.poll(async () => Number(await time())).toBeGreaterThan(0)
  await expect(holes).toHaveAttribute('data-gap-reason', '')

  await stack.end(agent, 'SIGTERM')
  await expect(holes).toHaveAttribute('data-gap-reason', 'stopped')
  const before = Number(await time())
  stack.runAgent('db-1')
  await expect.poll(async () => Number(await time())).toBeGreaterThan(before)
  await expect(holes).toHaveAttribute('data-gap-reason', 'stopped')

  // The same for who comes later, and at another range.
  await page.goto(`${page.url()}?range=6h`)
  await expect(page.locator('[data-range]')).toHaveAttribute('data-range', '6h')
  await expect(holes).toHaveAttribute('data-gap-reason', 'stopped')
})
