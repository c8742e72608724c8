import { expect, test } from '@playwright/test'
import { claimLink, openHost } from './journey.ts'
import { hostWithPast } from './past-of.ts'
import { Stack } from './stack.ts'

const HOUR = 3_600_000

let stack: Stack
let end: () => void = () => undefined
test.beforeAll(async () => {
  stack = await Stack.start({ agent: false })
})
test.afterAll(async () => {
  end()
  await stack.close()
})

test('holes of days ago have their reasons, in words where the cursor is', async ({ page }) => {
  test.setTimeout(240_000)
  await claimLink(page, stack)
  const ago = (hours: number) => Date.now() - hours * HOUR
  const holes = [
    { fromMs: ago(200), toMs: ago(190), reason: 'suspended' },
    // Too narrow at ten days for its reason.
    { fromMs: ago(102), toMs: ago(100), reason: 'stalled' },
    { fromMs: ago(3.2), toMs: ago(3) },
  ] as const
  const bootedAgoMs = 3 * HOUR + 60_000
  end = await hostWithPast('db-1', { stack, page, holes, isOld: true, bootedAgoMs })
  await page.goto(stack.url)
  await openHost(page, 'db-1')
  await page.getByRole('button', { name: '10 d', exact: true }).click()
  const chart = page.locator('figure[data-chart="cpu-mode"]')
  await expect(page.locator('[data-gap-reason]')).toHaveAttribute(
    'data-gap-reason',
    /^suspended stalled rebooted/,
  )
  await expect(chart.locator('[data-marker="reboot"]')).toBeVisible()
  await expect(chart.locator('button.row span').last()).toContainText(/\d/)
  for (const [hours, reason] of [
    [195, 'suspended'],
    [101, 'stalled'],
  ] as const) {
    const box = await chart.locator('.sight').boundingBox()
    if (!box) throw new Error('no chart')
    await page.mouse.move(box.x + box.width * (1 - hours / 240), box.y + box.height / 2)
    await expect(chart.locator('.chip')).toHaveText(new RegExp(`^\\d+ \\w+, [\\d:]+ · ${reason}$`))
    // The moment is longer than the numbers under it, and lies over no head beside it.
    const words = await chart
      .locator('.moment')
      .first()
      .evaluate((node) => {
        const range = document.createRange()
        range.selectNodeContents(node)
        return range.getBoundingClientRect().right
      })
    const next = await chart.locator('.moment + span').first().boundingBox()
    expect(words).toBeLessThanOrEqual(next?.x ?? 0)
  }

  // Two numbers with units of their own have room on a phone.
  await page.setViewportSize({ width: 390, height: 844 })
  const pair = page.locator('[data-figure="network"] .value')
  await expect(pair).toContainText(/kB\/s|MB\/s/)
  const [needed, given] = await pair.evaluate((node) => {
    for (const number of node.querySelectorAll('[data-metric]')) number.textContent = '888'
    return [node.scrollWidth, node.clientWidth] as const
  })
  expect(needed).toBeLessThanOrEqual(given)
})
