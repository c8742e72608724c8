import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { fleetOf } from './fleet-of.ts'
import { claimLink } from './journey.ts'
import { Stack } from './stack.ts'

const HOSTS = 15
const PAST_S = 600

/** All idle at about 20 %, but for the third. CPU, memory available and installed, bytes received, in steps. */
const valuesOf = (number: number, timeMs: number) => [
  (number === 3 ? 8000 : 1900 + 10 * number) + ((timeMs / 1000) % 60),
  500_000 + 1000 * number,
  1_000_000,
  40_000 + number,
]

let stack: Stack
let page: Page
let endFleet: (() => void) | undefined
const errors: string[] = []

test.beforeAll(async ({ browser }) => {
  stack = await Stack.start({ agent: false })
  page = await (await browser.newContext()).newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await claimLink(page, stack)
  endFleet = await fleetOf(HOSTS, stack, page, { valuesOf, pastS: PAST_S })
  await expect(page.getByText(`All ${HOSTS} hosts are well.`)).toBeVisible()
})
test.afterAll(async () => {
  endFleet?.()
  await stack.close()
})
test.describe.configure({ mode: 'serial' })

const rows = () => page.locator('[data-compare] [data-host-id]')
const table = (form: 'heat' | 'lines') => page.locator(`[data-compare="${form}"]`)
const open = (query = '') => page.goto(`${stack.url}/compare${query}`)

test('the fleet is a heat map, and the first sentence names the odd one', async () => {
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.getByRole('button', { name: '15 min', exact: true }).click()
  await expect(table('heat')).toBeVisible()
  await expect(rows()).toHaveCount(HOSTS)
  await expect(rows().first()).toContainText('node-0003')
  await expect(page.locator('[data-lead]')).toHaveText(
    /^node-0003 stands out: 80\s%, (3\.9|4) times the median of 2\d\s%\.$/,
  )
  await expect(rows().first().locator('canvas')).toBeVisible()
  await expectAccessible(page)
})

test('the cursor of the heat map is moved by keyboard, and read in the table', async () => {
  await table('heat').getByRole('slider').focus()
  await page.keyboard.press('PageUp')
  const head = table('heat').getByRole('columnheader')
  await expect(head.nth(4)).toHaveText(/\d\d:\d\d:\d\d/)
  await page.keyboard.press('End')
  await expect(head.nth(4)).toHaveText('now')
})

test('a drag zooms, and Backspace goes back', async () => {
  const box = await table('heat').getByRole('slider').boundingBox()
  if (!box) throw new Error('no heat map')
  const y = box.y + 20
  await page.mouse.move(box.x + box.width * 0.5, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/from=\d+&to=\d+/)
  await expect(page.getByRole('button', { name: 'Back to live' })).toBeVisible()
  await expect(rows()).toHaveCount(HOSTS)
  await page.keyboard.press('Backspace')
  await expect(page).toHaveURL(/range=15m$/)
})

test('three hosts that are picked by keyboard are lines, in an address that shows the same', async () => {
  for (const name of ['node-0001', 'node-0002', 'node-0003']) {
    await page.getByLabel(`Pick ${name}`).focus()
    await page.keyboard.press('Space')
  }
  await page.getByRole('button', { name: 'Only the 3 picked' }).press('Enter')
  await expect(page).toHaveURL(/hosts=\d+,\d+,\d+&range=15m$/)
  for (const again of [false, true]) {
    if (again) await page.reload()
    await expect(table('lines')).toBeVisible()
    await expect(rows()).toHaveCount(3)
    await expect(page.locator('figure[data-chart="compare"] canvas')).toBeVisible()
    const legend = page.getByRole('button', { name: 'node-0003' })
    await expect(legend.locator('[data-value]')).toHaveAttribute('data-value', /^0\.8/)
    await expect(page.locator('[data-lead]')).toContainText('node-0003 stands out')
  }
  await expectAccessible(page)
})

test('a metric is chosen of those that the hosts have', async () => {
  const metric = page.getByRole('combobox', { name: 'Metric' })
  await expect(metric.getByRole('option')).toHaveText([
    'CPU',
    'Memory installed',
    'Memory available',
    'Network throughput',
  ])
  await metric.selectOption({ label: 'Network throughput' })
  await expect(page).toHaveURL(/metric=system\.network\.io/)
  await expect(page.locator('[data-lead]')).toHaveText(/^No host stands out: all 3 are/)
  await page.goBack()
  await expect(metric).toHaveValue('system.cpu.utilization')
})

test('a host opens at the same range', async () => {
  await rows().first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: 'node-0003' })).toBeVisible()
  await expect(page).toHaveURL(/\/hosts\/\d+\?range=15m$/)
})

test('a chart of a host leads to all hosts, by what it shows and over the same range', async () => {
  await page.getByRole('button', { name: 'Menu of Throughput' }).click()
  await page.getByRole('menuitem', { name: 'Compare hosts' }).click()
  await expect(page).toHaveURL(/\/compare\?metric=system\.network\.io.*eth0.*&range=15m$/)
  await expect(rows()).toHaveCount(HOSTS)
})

test('words choose hosts, and what is empty says why', async () => {
  await open()
  await expect(rows()).toHaveCount(HOSTS)
  await page.keyboard.press('/')
  await page.keyboard.type('0012')
  await expect(page).toHaveURL(/q=0012/)
  await expect(rows()).toHaveCount(1)
  await expect(page.locator('[data-lead]')).toContainText('It takes others to compare it with')
  await page.keyboard.type('x')
  await expect(page.getByText('No host matches.')).toBeVisible()

  await open('?hosts=999')
  await expect(page.getByText('The hosts of this link are not here any more.')).toBeVisible()
  await page.getByRole('button', { name: 'All hosts' }).last().click()
  await expect(rows()).toHaveCount(HOSTS)

  await open('?metric=hw.temperature')
  await expect(page.getByText('None of these hosts has data for this.')).toBeVisible()
  await expectAccessible(page)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a phone has room for it, ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 390, height: 844 })
    for (const query of ['', '?hosts=1,2,3']) {
      await open(query)
      await expect(rows().first()).toBeVisible()
      await expectAccessible(page)
    }
  })
}

test('nothing was wrong on the way', () => {
  expect(errors).toEqual([])
})
