import { expect, test } from '@playwright/test'
import { fleetOf } from './fleet-of.ts'
import { claimLink } from './journey.ts'
import { Stack } from './stack.ts'

const HOSTS = 1000

test('a thousand hosts: few rows in the page, and only those around are asked for', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const stack = await Stack.start({ agent: false })
  let endFleet: (() => void) | undefined
  try {
    const asked: number[] = []
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const message = JSON.parse(String(payload)) as { type: string; figures: number[] }
        if (message.type === 'subscribe') asked.push(message.figures.length)
      }),
    )
    await claimLink(page, stack)
    endFleet = await fleetOf(HOSTS, stack, page)
    await expect(page.getByText('All 1,000 hosts are well.')).toBeVisible()

    const rows = page.locator('[data-host-id]')
    const first = rows.filter({ hasText: 'node-0001' })
    await expect(first.locator('[data-metric="cpuRatio"]')).toHaveAttribute('data-value', /\d/)
    await page.mouse.move(700, 600)
    for (let step = 0; step < 60; step++) await page.mouse.wheel(0, 900)
    const last = rows.filter({ hasText: 'node-1000' })
    await expect(last).toBeVisible()
    await expect(last.locator('[data-metric="cpuRatio"]')).toHaveAttribute('data-value', /\d/)
    expect(await rows.count()).toBeLessThan(120)
    // Those in sight, and some screens ahead of the wheel.
    expect(Math.max(...asked)).toBeLessThan(250)

    await page.keyboard.press('/')
    await page.keyboard.type('node-0500')
    await expect(rows).toHaveCount(1)
    await expect(rows.first()).toContainText('node-0500')
  } finally {
    endFleet?.()
    await stack.close()
  }
})
