// Mail as people set it up and as they answer it: with a real hub, a real relay, and hosts that get into trouble.
import { expect, test, type Page } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { expectAccessible } from './accessible.ts'
import { fleetOf } from './fleet-of.ts'
import { claimLink } from './journey.ts'
import { startRelay, type Relay } from './relay.ts'
import { Stack } from './stack.ts'

const QUIET = 1000
const BUSY = 9100

let stack: Stack
let relay: Relay
let page: Page
let endFleet = () => {}
const busy = new Set<number>()

test.beforeAll(async ({ browser }) => {
  relay = await startRelay()
  stack = await Stack.start({ agent: false })
  page = await (await browser.newContext()).newPage()
  await claimLink(page, stack)
})
test.afterAll(async () => {
  endFleet()
  await stack.close()
  await relay.close()
})
test.describe.configure({ mode: 'serial' })

const recipient = (address: string) => page.locator(`[data-recipient="${address}"]`)
const dialog = () => page.getByRole('dialog')

/** The newest mail to an address about a host, with the address behind a button's words. */
async function buttonOf(words: string, to: string, host: string): Promise<string> {
  const found = async () => {
    for (const raw of [...relay.taken].reverse()) {
      const { subject = '', text = '', to: heads } = await simpleParser(raw)
      const heard = [heads].flat().map((head) => head?.text ?? '')
      if (!subject.includes(host) || !heard.some((head) => head.includes(to))) continue
      const [, url] = new RegExp(`${words}:\\s+(\\S+)`).exec(text) ?? []
      if (url !== undefined) return url
    }
    return ''
  }
  await expect.poll(found).toContain('/act#')
  return found()
}

test('without a relay it says that nobody is mailed, and how to change that', async () => {
  await page.goto(`${stack.url}/settings/mail`)
  await expect(page.locator('.lead')).toContainText('Nobody is mailed: no relay is set up')
  const way = page.locator('[data-way="relay"]')
  await expect(way).toHaveAttribute('data-set', 'false')
  await expect(way).toContainText('VIGIE_SMTP_URL=smtps://')
  await expect(page.getByRole('button', { name: 'Send the test' })).toBeDisabled()
  await expectAccessible(page)
})

test('recipients are added, changed and removed', async () => {
  await page.getByRole('button', { name: 'Add a recipient' }).click()
  await dialog().getByLabel('Address').fill('lea')
  await dialog().getByLabel('Time zone').fill('Europe/Nowhere')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(dialog()).toContainText('This is no mail address.')
  await expect(dialog()).toContainText('This is no time zone')
  await expectAccessible(page)
  await dialog().getByLabel('Address').fill('lea@example.org')
  await dialog().getByLabel('Time zone').fill('Europe/Paris')
  await dialog().getByLabel('Language').selectOption('fr')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(recipient('lea@example.org')).toContainText('Français · Europe/Paris')
  await expect(recipient('lea@example.org')).toContainText('Mailed by default')

  await page.getByRole('button', { name: 'Change lea@example.org' }).click()
  await dialog().getByLabel('Weekly report').check()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(recipient('lea@example.org')).toContainText('Weekly report')

  await page.getByRole('button', { name: 'Remove lea@example.org' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the recipient' }).click()
  await expect(recipient('lea@example.org')).toHaveCount(0)
})

test('the test sends one mail of each kind, and tells what the relay said to each', async () => {
  await stack.killHub()
  await stack.startHub({
    VIGIE_SMTP_URL: relay.url,
    VIGIE_MAIL_FROM: 'vigie@example.org',
    VIGIE_MAIL_TO: 'ops@example.org',
    VIGIE_MAIL_LANGUAGE: 'en',
  })
  await page.reload()
  await expect(page.locator('[data-way="relay"]')).toContainText(relay.url)
  await expect(recipient('ops@example.org')).toContainText('named by VIGIE_MAIL_TO')
  await page.getByRole('button', { name: 'Send the test' }).click()
  const tested = page.locator('[data-test-kind]')
  await expect(page.locator('[data-test-kind="opened"]')).toContainText('250 2.0.0 taken')
  const count = await tested.count()
  expect(count).toBeGreaterThan(5)
  await expect(tested.and(page.locator('[data-mail-state="delivered"]'))).toHaveCount(count)
  expect(relay.taken.length).toBe(count)
  await expectAccessible(page)
})

test('what waits for its relay can be tried at once', async () => {
  relay.isBusy = true
  await page.getByRole('button', { name: 'Send the test' }).click()
  await expect(page.locator('[data-test-kind="opened"]')).toContainText('try again later')
  await expect(page.locator('[data-mail-lead="waits"]')).toBeVisible()
  relay.isBusy = false
  await page.getByRole('button', { name: 'Try everything now' }).click()
  await expect(page.locator('[data-mail-lead="ok"]')).toBeVisible()
  await expect(page.locator('[data-test-kind][data-mail-state="waiting"]')).toHaveCount(0)
})

test('a button of a mail asks first, and does what it says for whoever holds the mail', async ({
  browser,
}) => {
  await page.request.post(`${stack.url}/api/v1/rules`, {
    headers: { origin: stack.url },
    data: {
      name: 'CPU busy',
      isEnabled: true,
      severity: 'crisis',
      condition: {
        ...{ type: 'metric', metric: 'system.cpu.utilization', attributes: {} },
        ...{ statistic: 'last', windowMs: 0, operator: '>', threshold: 0.9, clearAt: 0.8 },
        ...{ forMs: 0, clearForMs: 0, onlyIfChanged: false },
      },
      scope: { type: 'all' },
      recipients: [],
      remindEveryMs: null,
    },
  })
  endFleet = await fleetOf(2, stack, page, {
    valuesOf: (number) => [busy.has(number) ? BUSY : QUIET, 500, 1000, 42],
  })
  busy.add(1)
  const take = await buttonOf('Take it', 'ops@example.org', 'node-0001')
  const token = new URL(take).hash.slice(1)

  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  })
  const outside = await phone.newPage()
  const asked: string[] = []
  outside.on('request', (request) => asked.push(request.url()))
  await outside.goto(take)
  await expect(outside.getByRole('heading', { name: /Take: .*node-0001/ })).toBeVisible()
  await expectAccessible(outside)
  const state = async () => {
    const answer = await page.request.get(`${stack.url}/api/v1/alerts?state=open`)
    const { items } = (await answer.json()) as { items: { state: string; owner: string | null }[] }
    return items.map((item) => [item.state, item.owner])
  }
  expect(await state()).toEqual([['firing', null]])

  await outside.getByRole('button', { name: 'I take it' }).click()
  await expect(outside.locator('[data-act="done"]')).toContainText('Taken, in the name of')
  await expect.poll(state).toEqual([['acknowledged', 'ops@example.org']])
  expect(asked.filter((url) => url.includes(token))).toEqual([])

  await outside.reload()
  await expect(outside.locator('[data-act="asking"]')).toContainText('ops@example.org has it')
  await expect(outside.getByRole('button', { name: 'I take it' })).toHaveCount(0)
  await phone.close()
})

test('the other button silences, for as long as is chosen', async ({ browser }) => {
  const silence = await buttonOf('Silence for an hour', 'ops@example.org', 'node-0001')
  const outside = await (await browser.newContext({ locale: 'fr-FR' })).newPage()
  await outside.goto(silence)
  await expect(outside.getByRole('heading')).toContainText('en silence sur node-0001')
  await outside.getByRole('button', { name: '4 h', exact: true }).click()
  await outside.getByRole('button', { name: 'Mettre en silence' }).click()
  await expect(outside.locator('[data-act="done"]')).toContainText('Silence, fin :')
  await expectAccessible(outside)
  await page.goto(`${stack.url}/settings/silences`)
  await expect(page.locator('.lead')).toContainText('1 silence holds mails back')
  await expect(page.locator('[data-silence-id]')).toContainText('CPU busy, node-0001')
  await expect(page.locator('[data-silence-id]')).toContainText('by ops@example.org')
  await page.getByRole('button', { name: /End it now/ }).click()
  await expect(page.locator('.lead')).toContainText('Nothing is silenced')
  await outside.context().close()
})

test('a button that is not whole, or of another hub, does nothing and says so', async ({
  browser,
}) => {
  const outside = await (await browser.newContext()).newPage()
  await outside.goto(`${stack.url}/act`)
  await expect(outside.locator('[data-act="missing"]')).toBeVisible()
  await outside.goto(`${stack.url}/act#made-up`)
  await outside.reload()
  await expect(outside.locator('[data-act="refused"]')).toContainText('good for a week')
  await expectAccessible(outside)
  await outside.getByRole('link', { name: 'incidents' }).click()
  await expect(outside).toHaveURL(/sign-in\?to=%2Fincidents/)
  await outside.context().close()
})

test('a maintenance window comes again and again, and is switched off', async () => {
  await page.getByRole('button', { name: 'New window…' }).click()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(dialog()).toContainText('Give the window a name.')
  await dialog().getByLabel('Name').fill('Sunday updates')
  await dialog().getByLabel('By the clocks of').fill('Europe/Paris')
  await dialog().getByRole('button', { name: 'Saturday' }).click()
  await expect(dialog()).toContainText(
    'Every Saturday and Sunday at 02:30 for 2\u00a0hours, by the clocks of Europe/Paris.',
  )
  await expectAccessible(page)
  await dialog().getByRole('button', { name: 'Save' }).click()
  const window = page.locator('[data-window-id]')
  // Who runs this in the small hours of a weekend has it open.
  await expect(window).toContainText(/Next: |Open until /)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Change Sunday updates' }).click()
  await dialog().getByRole('button', { name: 'Cron', exact: true }).click()
  await dialog().getByRole('textbox', { name: 'Cron' }).fill('0 0 31 2 *')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(dialog()).toContainText('Give five fields that come true some day')
  await dialog().getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('switch', { name: 'Holds: Sunday updates' }).click()
  await expect(window).toContainText('Off.')
  await page.getByRole('button', { name: 'Delete Sunday updates' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete the window' }).click()
  await expect(window).toHaveCount(0)
})

test('hosts are given tags, which rules and silences offer', async () => {
  await page.goto(stack.url)
  await page.getByRole('link', { name: 'node-0002' }).first().click()
  await page.getByRole('button', { name: 'Add tags…' }).click()
  await dialog().getByLabel('Add').fill('web -bad')
  await expect(dialog()).toContainText('beginning with a letter or digit')
  await dialog().getByLabel('Add').fill('web site=paris')
  await dialog().getByLabel('Add').press('Enter')
  await expectAccessible(page)
  await dialog().getByRole('button', { name: 'Remove site=paris' }).click()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Tags…' })).toBeVisible()
  await page.goto(`${stack.url}/settings/rules/new`)
  await page.getByRole('button', { name: 'Hosts with a tag' }).click()
  await page.getByRole('checkbox', { name: 'web' }).check()
  await expect(page.locator('[data-sentence]')).toContainText('any host tagged web')
})
