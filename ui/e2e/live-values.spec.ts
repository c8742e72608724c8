import { statfsSync, readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test, type Page } from '@playwright/test'
import { claimLink, openHost, valueOf } from './journey.ts'
import { Stack } from './stack.ts'

let stack: Stack
let page: Page
test.beforeAll(async ({ browser }) => {
  stack = await Stack.start()
  page = await browser.newPage()
  await claimLink(page, stack)
  await openHost(page, 'this-machine')
})
test.afterAll(() => stack.close())

const figure = (id: string) => `[data-figure="${id}"] [data-value]`

test('shows the memory that the kernel reports', async () => {
  await expect
    .poll(async () => (await valueOf(page, figure('memory'))) - usedMemory())
    .toBeLessThan(0.03)
  expect(usedMemory() - (await valueOf(page, figure('memory')))).toBeLessThan(0.03)
})

test('shows the load that the kernel reports', async () => {
  await expect
    .poll(async () =>
      Math.abs((await valueOf(page, figure('load'))) - (loadavg()[0] ?? 0) / cpus().length),
    )
    .toBeLessThan(0.3)
})

test('shows the space that statfs reports', async () => {
  const used = page.locator(
    '[data-series^="system.filesystem.usage{"][data-series*=\'mountpoint="/"\']',
  )
  await used.first().scrollIntoViewIfNeeded()
  const { blocks, bfree, bsize } = statfsSync('/')
  const expected = (blocks - bfree) * bsize
  await expect
    .poll(
      async () =>
        Math.abs(Number(await used.first().getAttribute('data-value')) - expected) / expected,
    )
    .toBeLessThan(0.02)
})

test('moves every second', async () => {
  const seen = new Set<string | null>()
  const time = page.locator('[data-live-time-ms]')
  await expect
    .poll(async () => seen.add(await time.getAttribute('data-live-time-ms')).size, {
      intervals: [200],
    })
    .toBeGreaterThan(4)
  const times = [...seen].map(Number)
  expect(times.every((timeMs) => timeMs % 1000 === 0)).toBe(true)
})

test('follows a core that is kept busy, and names the process', async () => {
  await page.evaluate(() => scrollTo(0, 0))
  const worker = new Worker('for (;;);', { eval: true })
  try {
    await expect
      .poll(() => valueOf(page, figure('cpu')), { timeout: 30_000 })
      .toBeGreaterThan(0.9 / cpus().length)
    const processes = page.getByRole('table').filter({ hasText: String(process.pid) })
    await expect(processes).toBeVisible({ timeout: 30_000 })
  } finally {
    await worker.terminate()
  }
})

test('has one cursor for all charts, by mouse and by keyboard', async () => {
  await page.evaluate(() => scrollTo(0, 0))
  const charts = page.locator('figure[data-chart]')
  const plot = charts.first().locator('canvas').first()
  const box = await plot.boundingBox()
  if (!box) throw new Error('no chart')
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2)
  const heads = charts.locator('.head')
  await expect(heads.first()).toContainText(/\d\d:\d\d:\d\d/)
  await expect(heads.last()).toContainText(/\d\d:\d\d:\d\d/)
  await page.mouse.move(0, 0)
  await expect(heads.first()).not.toContainText(/\d\d:\d\d:\d\d/)
})

test('holds the range in the address', async () => {
  await page.getByRole('button', { name: '15 min', exact: true }).click()
  await expect(page).toHaveURL(/range=15m/)
  await page.reload()
  await expect(page.getByRole('button', { name: '15 min', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

function usedMemory(): number {
  const available = /MemAvailable:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]
  return 1 - (Number(available) * 1024) / totalmem()
}
