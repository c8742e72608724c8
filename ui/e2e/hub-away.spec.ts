import { expect, test } from '@playwright/test'
import { claimLink, openHost, valueOf } from './journey.ts'
import { Stack } from './stack.ts'

let stack: Stack
test.beforeAll(async () => {
  stack = await Stack.start()
})
test.afterAll(() => stack.close())

test('says that the hub is away, and catches up by itself without a hole', async ({ page }) => {
  await claimLink(page, stack)
  await openHost(page, 'this-machine')
  const time = () =>
    page.locator('[data-live-time-ms]').getAttribute('data-live-time-ms').then(Number)
  await expect.poll(time).toBeGreaterThan(0)

  const shownMs = await time()
  await stack.killHub()
  await expect(page.getByText('The hub has not answered since')).toBeVisible()
  await stack.startHub()
  await expect(page.getByText('The hub has not answered since')).toBeHidden({ timeout: 40_000 })
  await expect.poll(time, { timeout: 60_000 }).toBeGreaterThan(shownMs + 5000)
  await expect.poll(() => valueOf(page, '[data-figure="cpu"] [data-value]')).not.toBeNaN()

  // The agent kept what the hub missed: every second from the one shown before the kill is there.
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(
          `${stack.url}/api/v1/hosts/1/history?metric=system.uptime&from=${shownMs}&to=${shownMs + 5000}&points=100`,
        )
        const history = (await answer.json()) as {
          stepMs: number
          series: { mean: (number | null)[] }[]
        }
        return [history.stepMs, history.series[0]?.mean.includes(null)]
      },
      { timeout: 60_000 },
    )
    .toEqual([1000, false])
})
