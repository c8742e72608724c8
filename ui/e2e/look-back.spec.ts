import { expect, test, type Locator, type Page } from '@playwright/test'
import { expectAccessibleAnywhere } from './accessible.ts'
import { claimLink, openHost } from './journey.ts'
import { hostWithPast } from './past-of.ts'
import { Stack } from './stack.ts'

const HOUR = 3_600_000

let stack: Stack
let page: Page
let end: () => void = () => undefined
const complaints: string[] = []
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000)
  stack = await Stack.start({ agent: false })
  // A context of its own, which axe needs.
  page = await (await browser.newContext()).newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await claimLink(page, stack)
  end = await hostWithPast('db-1', { stack, page, holes: [] })
  await openHost(page, 'db-1')
})
test.afterAll(async () => {
  end()
  await stack.close()
})

const bar = () => page.locator('[data-range]')
const chart = (id = 'cpu-mode') => page.locator(`figure[data-chart="${id}"]`)
const button = (name: string) => page.getByRole('button', { name, exact: true })

/** What the address says is in sight. */
function inSight(): { fromMs: number; toMs: number; spanMs: number } {
  const { searchParams } = new URL(page.url())
  const fromMs = Number(searchParams.get('from'))
  const toMs = Number(searchParams.get('to'))
  return { fromMs, toMs, spanMs: toMs - fromMs }
}

/** The step that a chart is drawn at, once it is the one that its view asks for. */
const step = (of: Locator) => of.getAttribute('data-step-ms').then(Number)

async function drag(from: number, to: number): Promise<void> {
  const box = await chart().locator('.sight').boundingBox()
  if (!box) throw new Error('no chart')
  const { width } = box
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + width * from, y)
  await page.mouse.down()
  await page.mouse.move(box.x + width * ((from + to) / 2), y, { steps: 4 })
  await page.mouse.move(box.x + width * to, y, { steps: 4 })
  await page.mouse.up()
}

test('shows ten days in buckets with their band, and says so', async () => {
  await button('10 d').click()
  await expect(page).toHaveURL(/range=10d/)
  await expect(bar()).toHaveAttribute('data-range', '10d')
  await expect.poll(() => step(chart())).toBe(900_000)
  await expect(page.getByText('band min to max')).toBeVisible()
  await expect(chart().locator('.plot')).toHaveAttribute('aria-valuetext', /in the last 10 days/)
  // The whole of the past is there, not its end alone.
  const user = chart().locator('button', { hasText: 'user' })
  await expect(user.locator('.now')).toHaveAttribute('data-value', /\d/)
})

test('zooms by drag into the very seconds, with all charts, and comes back by double click', async () => {
  await drag(0.5, 0.8)
  await expect(bar()).toHaveAttribute('data-range', 'between')
  await expect(button('Back to live')).toBeVisible()
  const first = inSight()
  expect(first.spanMs).toBeGreaterThan(60 * HOUR)
  expect(first.spanMs).toBeLessThan(84 * HOUR)
  await expect.poll(() => step(chart())).toBeLessThan(900_000)
  await expect.poll(() => step(chart('cpu-core'))).toBeLessThan(900_000)
  await drag(0.4, 0.401 + 10 / 500)
  await expect.poll(() => inSight().spanMs).toBeLessThan(first.spanMs / 10)
  await chart().locator('.plot').dblclick()
  await expect.poll(inSight).toEqual(first)
  await chart().locator('.plot').dblclick()
  await expect(bar()).toHaveAttribute('data-range', '10d')
})

test('raw seconds are there for any hour', async () => {
  const toMs = Math.floor(Date.now() / 1000) * 1000 - 4 * HOUR
  await page.goto(`${page.url().split('?')[0] ?? ''}?from=${toMs - 1_200_000}&to=${toMs}`)
  await expect.poll(() => step(chart())).toBe(1000)
  await expect(page.getByText('samples 1 s apart')).toBeVisible()
  await expect(chart().locator('.now').first()).toHaveAttribute('data-value', /\d/)
})

test('the address is the view: reload, back and forward', async () => {
  const first = inSight()
  await page.reload()
  await expect.poll(() => step(chart())).toBe(1000)
  expect(inSight()).toEqual(first)
  await drag(0.2, 0.5)
  await expect.poll(() => inSight().spanMs).toBeLessThan(first.spanMs)
  const zoomed = inSight()
  await page.goBack()
  await expect.poll(inSight).toEqual(first)
  await page.goForward()
  await expect.poll(inSight).toEqual(zoomed)
  await page.reload()
  await expect(chart().locator('canvas')).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect.poll(inSight).toEqual(first)
})

test('moves by Shift and drag, by keys, and by buttons', async () => {
  const first = inSight()
  await page.keyboard.down('Shift')
  await drag(0.2, 0.6)
  await page.keyboard.up('Shift')
  await expect.poll(() => inSight().toMs).toBeLessThan(first.toMs - first.spanMs / 4)
  expect(inSight().spanMs).toBe(first.spanMs)

  await page.mouse.move(0, 0)
  const panned = inSight()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => inSight().toMs).toBe(panned.toMs - panned.spanMs / 4)
  await page.keyboard.press('+')
  await expect.poll(() => inSight().spanMs).toBe(panned.spanMs / 2)
  await page.keyboard.press('-')
  await expect.poll(() => inSight().spanMs).toBe(panned.spanMs)
  const before = inSight()
  await button('Earlier').click()
  await expect.poll(() => inSight().toMs).toBeLessThan(before.toMs)
  await page.keyboard.press('Escape')
  await expect.poll(inSight).toEqual(before)
})

test('reads by keyboard where a plot has the focus', async () => {
  const before = inSight()
  const plot = chart().locator('.plot')
  await plot.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  const timeMs = Number(await plot.getAttribute('aria-valuenow'))
  expect(before.toMs - timeMs).toBeLessThanOrEqual(3000)
  expect(timeMs).toBeLessThan(before.toMs)
  await page.keyboard.press('Escape')
  expect(inSight()).toEqual(before)
})

test('one click leads back to live', async () => {
  await button('Back to live').click()
  await expect(bar()).toHaveAttribute('data-range', '5m')
  await expect(button('Back to live')).toBeHidden()
})

test('takes a typed range, and says what is wrong with one', async () => {
  await button('Custom').click()
  const from = page.getByLabel('From', { exact: true })
  const to = page.getByLabel('To', { exact: true })
  await from.fill('')
  await button('Show').click()
  await expect(page.getByText('Give a day and a time.')).toBeVisible()
  const nowMs = Date.now()
  const local = (agoMs: number) =>
    page.evaluate((timeMs) => {
      const date = new Date(timeMs)
      return new Date(timeMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
    }, nowMs - agoMs)
  await from.fill(await local(HOUR))
  await to.fill(await local(2 * HOUR))
  await button('Show').click()
  await expect(page.getByText('The end must be after the start.')).toBeVisible()
  await from.fill(await local(3 * HOUR))
  await button('Show').click()
  await expect(page.getByLabel('From', { exact: true })).toBeHidden()
  await expect.poll(() => inSight().spanMs).toBe(HOUR)
})

test('six hours that end now keep moving, without a hole at the seam', async () => {
  await button('6 h').click()
  const core = chart('network-io')
  await core.scrollIntoViewIfNeeded()
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/history?')) asked.push(request.url())
  })
  const time = () => page.locator('[data-live-time-ms]').getAttribute('data-live-time-ms')
  const before = Number(await time())
  // A bucket of its step has ended meanwhile, and was asked for.
  await expect
    .poll(async () => Number(await time()), { timeout: 60_000 })
    .toBeGreaterThan(before + 20_000)
  await expect.poll(() => asked.length).toBeGreaterThan(0)
  expect(asked.length).toBeLessThan(20)
  await core.getByRole('button', { name: 'Show as a table' }).click()
  const cells = await core.locator('tbody td').allTextContents()
  expect(cells.length).toBeGreaterThan(10)
  // The newest slot may be of a bucket that has not ended.
  expect(cells.slice(2).filter((cell) => cell.trim() === '–')).toEqual([])
  await core.getByRole('button', { name: 'Show as a chart' }).click()
})

test('gives a chart away: a file of numbers, a picture, a link', async () => {
  await chart().scrollIntoViewIfNeeded()
  await expect(chart().locator('button.row span').last()).toContainText(/\d/)
  const menu = async (item: string, of = 'CPU by mode') => {
    await page.getByRole('button', { name: `Menu of ${of}` }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  const [csv] = await Promise.all([page.waitForEvent('download'), menu('Download CSV')])
  const stream = await csv.createReadStream()
  const text = (await stream.toArray()).join('')
  const rows = text.trim().split('\r\n')
  expect(rows[0]).toBe('time,series,min,mean,max')
  expect(rows.length).toBeGreaterThan(1000)
  const [png] = await Promise.all([page.waitForEvent('download'), menu('Download PNG')])
  expect(png.suggestedFilename()).toBe('cpu-mode.png')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await menu('Copy link', 'Throughput')
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.goto(link)
  await expect(bar()).toHaveAttribute('data-range', 'between')
  expect(inSight().spanMs).toBe(6 * HOUR)
  await expect(chart('network-io').locator('canvas')).toBeInViewport()
})

test('is accessible while it looks back', async () => {
  await chart().scrollIntoViewIfNeeded()
  await expect(chart().locator('canvas')).toBeVisible()
  await expectAccessibleAnywhere(page)
  await button('Custom').click()
  await expectAccessibleAnywhere(page)
  await page.keyboard.press('Escape')
})

test('nothing was complained about', () => {
  expect(complaints).toEqual([])
})
