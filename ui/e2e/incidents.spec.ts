// Incidents as people meet them: with a real hub, agents that speak the protocol, and a real relay.
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { fleetOf } from './fleet-of.ts'
import { claimLink } from './journey.ts'
import { startRelay, type Relay } from './relay.ts'
import { administrator, Stack } from './stack.ts'

const QUIET = 1000
const BUSY = 9100

let stack: Stack
let relay: Relay
let page: Page
let endFleet: () => void
const faults: string[] = []
/** CPU of each host, in hundredths of a percent. */
const cpu = new Map<number, number>()

test.beforeAll(async ({ browser }) => {
  relay = await startRelay()
  stack = await Stack.start({
    agent: false,
    environment: {
      VIGIE_SMTP_URL: relay.url,
      VIGIE_MAIL_FROM: 'vigie@example.org',
      VIGIE_MAIL_TO: administrator.email,
    },
  })
  page = await (await browser.newContext()).newPage()
  page.on('pageerror', ({ message }) => faults.push(message))
  await claimLink(page, stack)
  endFleet = await fleetOf(3, stack, page, {
    valuesOf: (number) => [cpu.get(number) ?? QUIET, 500, 1000, 42],
  })
})
test.afterAll(async () => {
  endFleet()
  await stack.close()
  await relay.close()
})
test.describe.configure({ mode: 'serial' })
test.afterEach(() => expect(faults).toEqual([]))

const row = (name: string) => page.locator('[data-incident-id]').filter({ hasText: name })
const shown = () => page.locator('[data-incident-shown]')

test('says that nothing is wrong, and what will be here', async () => {
  await page.goto(`${stack.url}/incidents`)
  await expect(page.locator('[data-empty="open"]')).toContainText('No incident is open')
  await expect(page.locator('[data-mails="ok"]')).toBeVisible()
  await expect(page.locator('[data-open-incidents]')).toHaveCount(0)
  await expectAccessible(page)
})

test('what a rule finds appears by itself, and says that its mail arrived', async () => {
  // The machine that runs the test may well be busy.
  const { items } = (await (await page.request.get(`${stack.url}/api/v1/hosts`)).json()) as {
    items: { id: number }[]
  }
  await page.request.post(`${stack.url}/api/v1/rules`, {
    headers: { origin: stack.url },
    data: {
      name: 'CPU busy',
      isEnabled: true,
      severity: 'warning',
      condition: {
        type: 'metric',
        metric: 'system.cpu.utilization',
        attributes: {},
        statistic: 'last',
        windowMs: 0,
        operator: '>',
        threshold: 0.9,
        clearAt: 0.8,
        forMs: 0,
        clearForMs: 0,
        onlyIfChanged: false,
      },
      scope: { type: 'hosts', hostIds: items.map(({ id }) => id) },
      recipients: [],
      remindEveryMs: null,
    },
  })
  cpu.set(1, BUSY)
  await expect(row('node-0001')).toHaveAttribute('data-state', 'firing')
  await expect(page.locator('[data-open-incidents="1"]')).toBeVisible()
  await expect(page.locator('.lead')).toContainText('1 incident open')
  await expect(row('node-0001').locator('[data-mail="ok"]')).toContainText('1 delivered')
  expect(relay.taken.join()).toContain('node-0001')
  await expect(page.locator('[data-lanes]')).toContainText('node-0001')
  await expect(page.locator('[data-mail-id]').first()).toContainText('2.0.0 taken')
})

test('it is taken with a key, noted, and handed over; everybody sees who has it', async () => {
  await expect(shown()).toHaveAttribute('data-state', 'firing')
  await page.keyboard.press('t')
  await expect(row('node-0001')).toHaveAttribute('data-state', 'acknowledged')
  await expect(shown()).toContainText('Taken by')

  await page.getByRole('button', { name: 'Add a note' }).click()
  await page.getByLabel('Note').fill('a job that got lost')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(shown()).toContainText('a job that got lost')

  await page.getByRole('button', { name: 'Hand over…' }).click()
  await page.getByLabel('To whom').fill('batch team')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(row('node-0001')).toContainText('batch team')
  await expectAccessible(page)
})

test('the arrows walk through the rows, and the one with the focus is read', async () => {
  cpu.set(2, BUSY)
  await expect(row('node-0002')).toBeVisible()
  await page.getByRole('searchbox').focus()
  await page.keyboard.press('ArrowDown')
  await expect(row('node-0001')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(row('node-0002')).toBeFocused()
  const id = await row('node-0002').getAttribute('data-incident-id')
  await expect(shown()).toHaveAttribute('data-incident-shown', String(id))
  await expect(page).toHaveURL(new RegExp(`incident=${id}`))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary')).toBeFocused()
})

test('the fleet and the host say it too, and lead to it', async () => {
  await page.goto(stack.url)
  await expect(page.locator('.lead').getByRole('link', { name: /node-0002/ })).toBeVisible()
  await page.getByRole('link', { name: 'node-0002', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Open incidents' })).toContainText('since')
  const marker = page.locator('figure[data-chart] a[href*="incidents"]').first()
  await expect(marker).toHaveAttribute('title', /warning/)
  await expectAccessible(page)
  await marker.click()
  await expect(page).toHaveURL(/incidents\?incident=/)
  await expect(shown()).toContainText('node-0002')
})

test('a silence is made for what is read, and holds its mail back', async () => {
  await page.getByRole('button', { name: 'Silence…', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('No mail about CPU busy of node-0002 until')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Silence', exact: true }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: /^Silenced/ }).click()
  await expect(page.locator('[data-silence-id]')).toContainText('node-0002')
  await expect(row('node-0002')).toContainText('silenced')
  await page.getByRole('button', { name: 'End it now' }).click()
  await expect(page.locator('[data-silence-id]')).toHaveCount(0)
})

test('what is over moves to what was before, and stays with its mails', async () => {
  await page.goto(`${stack.url}/incidents`)
  await page.getByRole('button', { name: 'Add a note' }).click()
  await page.keyboard.type('it was')
  cpu.clear()
  await expect(row('node-0001')).toHaveAttribute('data-state', 'resolved')
  await expect(row('node-0002')).toHaveAttribute('data-state', 'resolved')
  await expect(row('node-0001')).toContainText('2 delivered')
  await expect(row('node-0002')).toContainText('2 delivered')
  await expect(page.getByRole('table', { name: 'Before' })).toContainText('Today')
  // Who writes of one that ends meanwhile writes on.
  await expect(shown()).toHaveAttribute('data-state', 'resolved')
  await page.keyboard.type(' the job')
  await expect(page.getByLabel('Note')).toHaveValue('it was the job')
  await expect(page.locator('[data-open-incidents]')).toHaveCount(0)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  expect((await download).suggestedFilename()).toBe('incidents.csv')
})

test('a mail tells its tries and its text, and one that waits says so', async () => {
  relay.isBusy = true
  cpu.set(3, BUSY)
  await expect(row('node-0003').locator('[data-mail="waits"]')).toBeVisible()
  await expect(page.locator('[data-mails="waits"]')).toContainText('waits for its relay')
  await page.getByRole('link', { name: 'All mails' }).click()
  // The page before lists them, too.
  await expect(page.getByRole('heading', { name: 'Mail ledger' })).toBeVisible()
  const waiting = page.locator('[data-mail-state="waiting"]').filter({ hasText: 'node-0003' })
  await expect(waiting).toContainText('try again later')
  await waiting.getByRole('button').click()
  await expect(page.getByText('Message-ID')).toBeVisible()
  await expect(page.locator('pre')).toContainText('node-0003')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'refused' }).click()
  await expect(page.getByText('There is none of these.')).toBeVisible()
  relay.isBusy = false
})

test('on a phone, in French and in the light, the list gives way to the incident', async ({
  browser,
}) => {
  const context = await browser.newContext({
    locale: 'fr-FR',
    colorScheme: 'light',
    viewport: { width: 390, height: 844 },
  })
  const wide = page
  page = await context.newPage()
  await page.goto(`${stack.url}/sign-in`)
  await page.locator('input[type=email]').fill(administrator.email)
  await page.locator('input[type=password]').fill(administrator.password)
  await page.locator('button[type=submit]').click()
  await page.getByRole('link', { name: /Incidents/ }).click()
  await expect(page.locator('.lead')).toContainText('1 incident en cours')
  await expectAccessible(page)
  await row('node-0003').click()
  await expect(shown()).toBeVisible()
  await expect(row('node-0003')).toBeHidden()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Revenir à la liste' }).click()
  await expect(row('node-0003')).toBeVisible()
  await context.close()
  page = wide
})

test('a host that falls silent is a crisis within its grace, and over when it is back', async () => {
  test.setTimeout(240_000)
  const agent = await stack.startAgent('web-3')
  await page.goto(stack.url)
  const host = page.locator('[data-host-id]').filter({ hasText: 'web-3' })
  await expect(host).toHaveAttribute('data-status', 'up')
  await page.goto(`${stack.url}/incidents`)
  await stack.end(agent, 'SIGKILL')
  await expect(row('web-3')).toHaveAttribute('data-state', 'firing', { timeout: 150_000 })
  await expect(page.locator('.lead')).toContainText('web-3 is down')
  await expect(row('web-3').locator('[data-mail="ok"]')).toBeVisible()
  stack.runAgent('web-3')
  await expect(row('web-3')).toHaveAttribute('data-state', 'resolved', { timeout: 60_000 })
})
