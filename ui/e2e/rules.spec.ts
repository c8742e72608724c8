// Rules as people write and try them: with a real hub, and agents that speak the protocol.
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { fleetOf } from './fleet-of.ts'
import { claimLink } from './journey.ts'
import { administrator, Stack } from './stack.ts'

const QUIET = 1000
const BUSY = 9100
const MINUTE_MS = 60_000

let stack: Stack
let page: Page
let endFleet: () => void

/** The first host is busy for five minutes of each twenty, and now; in hundredths of a percent. */
const isBusy = (number: number, timeMs: number) =>
  number === 1 && (timeMs > startedMs || (timeMs / MINUTE_MS) % 20 < 5)
const startedMs = Date.now() - MINUTE_MS

test.beforeAll(async ({ browser }) => {
  stack = await Stack.start({ agent: false })
  page = await (await browser.newContext()).newPage()
  await claimLink(page, stack)
  endFleet = await fleetOf(3, stack, page, {
    pastS: 3600,
    valuesOf: (number, timeMs) => [isBusy(number, timeMs) ? BUSY : QUIET, 500, 1000, 42],
  })
})
test.afterAll(async () => {
  endFleet()
  await stack.close()
})
test.describe.configure({ mode: 'serial' })

const row = (name: string) => page.locator('[data-rule-id]').filter({ hasText: name })
const sentence = () => page.locator('[data-sentence]')

test('lists each rule as the sentence that it is', async () => {
  await page.goto(`${stack.url}/settings/rules`)
  await expect(page.locator('.lead')).toContainText('rules watch the fleet')
  await expect(row('Filesystem nearly full')).toContainText(
    'Mail the default recipients when any filesystem of any host is over 90\u00a0% for 5\u00a0minutes; clear under 85\u00a0%',
  )
  await expectAccessible(page)
})

test('switches a rule off and on', async () => {
  const toggle = () => row('Clock off').getByRole('switch', { name: 'Watches: Clock off' })
  await toggle().click()
  await expect(toggle()).toHaveAttribute('aria-checked', 'false')
  await expect(page.getByText('1 is off')).toBeVisible()
  await page.reload()
  await expect(toggle()).toHaveAttribute('aria-checked', 'false')
  await toggle().click()
  await expect(toggle()).toHaveAttribute('aria-checked', 'true')
})

test('a rule is a sentence while it is written, and says what is wrong beside its field', async () => {
  await page.getByRole('link', { name: 'New rule' }).click()
  await expect(sentence()).toContainText('any filesystem of any host is over 90\u00a0%')
  await page.getByLabel('Metric').selectOption('system.cpu.utilization')
  await expect(sentence()).toContainText('the use of the CPU of any host is over 90\u00a0%')
  await page.getByLabel('The limit', { exact: true }).fill('50')
  await expect(
    page.getByText('What is over 50\u00a0% cannot be clear: give 50\u00a0% or less.'),
  ).toBeVisible()
  await page.getByLabel('Clear again at', { exact: true }).fill('40')
  await page.getByLabel('For at least', { exact: true }).fill('1')
  await expect(sentence()).toContainText('over 50\u00a0% for 1\u00a0minute; clear under 40\u00a0%')
  await page.getByRole('button', { name: 'Create the rule' }).click()
  await expect(page.getByText('Give the rule a name.')).toBeVisible()
  await expect(page.getByLabel('Name')).toBeFocused()
  await expectAccessible(page)
})

test('what hosts measure now stands beside it, the worst first', async () => {
  await expect(page.locator('[data-preview-says]')).toContainText('1 of 3 is beyond: node-0001')
  const first = page.locator('[data-preview] tbody tr').first()
  await expect(first).toContainText('node-0001')
  await expect(first).toContainText('91')
  await expect(first).toHaveAttribute('data-verdict', 'beyond')
})

test('replays it on what is stored, before it is kept', async () => {
  await page.getByRole('button', { name: 'Replay', exact: true }).click()
  await expect(page.locator('[data-replay="done"]')).toBeVisible()
  await expect(page.locator('[data-replay-says]')).toContainText(
    /Over the last 10 days this rule would have fired [3-5] times, and sent/,
  )
  await expect(page.locator('[data-episode]').first()).toContainText('node-0001')
  await expect(page.locator('[data-replay] [data-lanes]')).toContainText('node-0001')
  await page.getByLabel('The limit', { exact: true }).fill('60')
  await expect(page.getByText('This was before the last change.')).toBeVisible()
  await expectAccessible(page)
})

test('is kept, and fires', async () => {
  await page.getByLabel('Name').fill('Busy for long')
  await page.getByLabel('For at least', { exact: true }).fill('0')
  await page.getByRole('button', { name: 'Create the rule' }).click()
  await expect(page).toHaveURL(/\/settings\/rules$/)
  await expect(row('Busy for long')).toContainText('over 60\u00a0%')
  await expect(row('Busy for long').getByRole('link', { name: /1 open/ })).toBeVisible()
})

test('is changed, and deleted with a word on what is lost', async () => {
  await row('Busy for long').getByRole('link', { name: 'Busy for long', exact: true }).click()
  await expect(page.getByLabel('The limit', { exact: true })).toHaveValue('60')
  await page.getByRole('button', { name: 'Crisis', exact: true }).click()
  await page.getByRole('button', { name: 'Some hosts' }).click()
  await page.getByRole('checkbox', { name: 'node-0001' }).check()
  await expect(sentence()).toContainText('of node-0001')
  await page.getByRole('button', { name: 'Save the rule' }).click()
  await expect(row('Busy for long')).toContainText('node-0001')

  await row('Busy for long').getByRole('link', { name: 'Busy for long', exact: true }).click()
  await page.getByRole('button', { name: 'Delete…' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('Its open incident ends.')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Delete the rule' }).click()
  await expect(page).toHaveURL(/\/settings\/rules$/)
  await expect(row('Busy for long')).toHaveCount(0)
})

test('other kinds of rule have their own fields', async () => {
  await page.getByRole('link', { name: 'New rule' }).click()
  await page.getByLabel('Kind').selectOption('fills')
  await expect(sentence()).toContainText('will be full within 24\u00a0hours')
  await page.getByLabel('Kind').selectOption('down')
  await expect(sentence()).toContainText('nothing is heard of any host for 30\u00a0seconds')
  await expect(page.locator('[data-preview-says]')).toContainText('None of 3 is beyond')
  await page.getByLabel('Kind').selectOption('reboot')
  await expect(sentence()).toContainText('reboots unannounced')
  await expect(page.locator('[data-preview-says]')).toContainText('A reboot has no value')
})

test('on a phone, in French and in the light', async ({ browser }) => {
  const context = await browser.newContext({
    locale: 'fr-FR',
    colorScheme: 'light',
    viewport: { width: 390, height: 844 },
  })
  const phone = await context.newPage()
  await phone.goto(`${stack.url}/sign-in?to=${encodeURIComponent('/settings/rules')}`)
  await phone.locator('input[type=email]').fill(administrator.email)
  await phone.locator('input[type=password]').fill(administrator.password)
  await phone.locator('button[type=submit]').click()
  await expect(phone.locator('.lead')).toContainText('règles surveillent le parc')
  await expectAccessible(phone)
  await phone.getByRole('link', { name: 'Machine en panne', exact: true }).click()
  await expect(phone.locator('[data-sentence]')).toContainText('ne donne plus de nouvelles')
  await expect(phone.getByLabel('Sans nouvelles depuis', { exact: true })).toHaveValue('30')
  await expectAccessible(phone)
  await context.close()
})
