// Who may come in, from an administrator's side and from the others': with a real hub and two hosts, of which one is tagged.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { totpCode } from '../../hub/test/doors/totp.ts'
import { expectAccessible, expectAccessibleAnywhere } from './accessible.ts'
import { fleetOf } from './fleet-of.ts'
import { claimLink, freshPage, valueOf } from './journey.ts'
import { administrator, Stack } from './stack.ts'

const LEA = { email: 'lea@example.org', password: 'a door with two locks' }

let stack: Stack
/** The administrator's. */
let page: Page
/** Of Léa, who sees the hosts tagged web. */
let lea: Page
let endFleet = () => {}

test.beforeAll(async ({ browser }) => {
  // Nobody listens there: what a provider that is away looks like.
  const environment = {
    VIGIE_OIDC_ISSUER: 'http://127.0.0.1:65535',
    VIGIE_OIDC_CLIENT_ID: 'vigie',
    VIGIE_OIDC_CLIENT_SECRET: 'a secret of nobody',
    VIGIE_OIDC_LABEL: 'Example ID',
  }
  stack = await Stack.start({ agent: false, environment })
  page = await (await browser.newContext()).newPage()
  await claimLink(page, stack)
  const valuesOf = (_: number, timeMs: number) =>
    [(timeMs / 1000) % 9000, 500_000, 1_000_000, 40_000] as const
  endFleet = await fleetOf(2, stack, page, { valuesOf })
  const answer = await page.request.put(`${stack.url}/api/v1/hosts/1/tags`, {
    headers: { origin: stack.url },
    data: { tags: ['web'] },
  })
  expect(answer.status()).toBe(200)
})
test.afterAll(async () => {
  endFleet()
  await stack.close()
})
test.describe.configure({ mode: 'serial' })

const dialog = (of: Page = page) => of.getByRole('dialog')
const section = (title: string, of: Page = page) =>
  of
    .getByRole('navigation', { name: 'Sections of the settings' })
    .getByRole('link', { name: title })
const person = (email: string) => page.locator(`[data-user="${email}"]`)

async function copied(from: Locator): Promise<string> {
  return (await from.locator('code').textContent()) ?? ''
}

test('somebody is invited to look at the hosts with a tag, by a link that is handed over', async ({
  browser,
}) => {
  await page.goto(`${stack.url}/settings`)
  await section('People').click()
  await expect(page.locator('.lead')).toContainText('Only you may come in')
  await expect(person(administrator.email)).toContainText('The last administrator stays one')
  await expectAccessibleAnywhere(page)

  await page.getByRole('button', { name: 'Invite…' }).click()
  await dialog().getByLabel('E-mail').fill(administrator.email)
  await expect(dialog()).toContainText('Somebody has this address already.')
  await dialog().getByLabel('E-mail').fill(LEA.email)
  await dialog().getByRole('button', { name: 'Hosts with a tag' }).click()
  await expect(dialog()).toContainText('or they see no host')
  await dialog().getByRole('checkbox', { name: 'web' }).check()
  await expectAccessible(page)
  await dialog().getByRole('button', { name: 'Make the invite' }).click()
  await expect(dialog()).toContainText('shown only now')
  const link = await copied(dialog())
  await dialog().getByRole('button', { name: 'Done' }).click()
  await expect(page.locator(`[data-invite="${LEA.email}"]`)).toContainText('hosts tagged web')

  lea = await freshPage(browser)
  await lea.goto(link)
  await expect(lea.locator('main')).toContainText(`${LEA.email} is invited to look`)
  expect(new URL(lea.url()).hash, 'the secret leaves the address bar').toBe('')
  await expectAccessible(lea)
  await lea.getByLabel('Your name').fill('Léa')
  await lea.getByLabel('Password').fill(LEA.password)
  await lea.getByRole('button', { name: 'Create the account' }).click()
  await expect(lea.getByRole('link', { name: 'node-0001' })).toBeVisible()

  const late = await freshPage(browser)
  await late.goto(link)
  await expect(late.getByRole('alert')).toContainText('Ask an administrator for another')
  await late.context().close()
})

test('who sees a part of the fleet sees it live, and is led to nothing else', async () => {
  await expect(lea.getByRole('link', { name: 'node-0002' })).toHaveCount(0)
  const value = () => valueOf(lea, '[data-host-id] [data-metric="cpuRatio"]')
  await expect.poll(value).not.toBeNaN()
  const seen = await value()
  await expect.poll(value).not.toBe(seen)
  const pages = lea.getByRole('navigation', { name: 'Pages' })
  await expect(pages.getByRole('link')).toContainText([
    ...['Fleet', 'Incidents', 'CERT', 'Compare', 'Settings'],
  ])
  await expect(pages.getByRole('link')).toHaveCount(5)

  await lea.keyboard.press('?')
  await expect(dialog(lea)).toContainText('Go to the incidents')
  await expect(dialog(lea)).not.toContainText('Add a host')
  await lea.keyboard.press('Escape')
  await lea.keyboard.press('Control+k')
  await dialog(lea).getByRole('combobox').fill('rules')
  await expect(dialog(lea)).toContainText('Nothing by that name.')
  await lea.keyboard.press('Escape')

  await lea.goto(`${stack.url}/settings/rules`)
  await expect(lea.locator('[data-not-yours]')).toContainText('what is tagged web')
  await expectAccessible(lea)
  await lea.goto(`${stack.url}/settings/people`)
  await expect(lea.locator('[data-not-yours]')).toContainText('Administrators see it')
  await lea.goto(`${stack.url}/cert`)
  await expect(lea.locator('.lead')).toContainText('The watch is off')
  await expectAccessible(lea)
  await lea.goto(`${stack.url}/incidents`)
  await expect(lea.locator('.lead')).toContainText('No incident is open')
  await expect(lea.getByRole('button', { name: 'New silence…' })).toHaveCount(0)
  await expect(lea.getByRole('link', { name: /rules/i })).toHaveCount(0)
  await lea.goto(`${stack.url}/settings/hub`)
  await expect(section('My account', lea)).toBeVisible()
  await expect(section('Rules', lea)).toHaveCount(0)
  await expect(lea.locator('[data-setting]')).toHaveCount(0)
  await lea.goto(stack.url)
  await expect(lea.getByRole('link', { name: 'node-0001' })).toBeVisible()
})

test('what somebody may see is changed, and seen at once', async () => {
  await page.reload()
  await page.getByRole('button', { name: `Change ${LEA.email}` }).click()
  await dialog().getByRole('button', { name: 'Every host' }).click()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(person(LEA.email)).toContainText('every host')
  await expect(lea.getByRole('link', { name: 'node-0002' })).toBeVisible()
  await expect(lea.getByRole('navigation', { name: 'Pages' }).getByRole('link')).toHaveCount(5)
})

test('a token is made and ended by keyboard alone, and is shown once', async () => {
  await section('API tokens').click()
  await expect(page.locator('.lead')).toContainText('No program has a token')
  await page.getByRole('button', { name: 'New token…' }).focus()
  await page.keyboard.press('Enter')
  await dialog().getByLabel('What it is for').focus()
  await page.keyboard.type('Prometheus')
  await page.keyboard.press('Enter')
  await expect(dialog()).toContainText('it cannot be shown again')
  await expectAccessible(page)
  const token = await copied(dialog())
  const ask = () =>
    page.request.get(`${stack.url}/api/v1/hosts`, { headers: { authorization: `Bearer ${token}` } })
  expect((await ask()).status()).toBe(200)
  await page.keyboard.press('Escape')
  const row = page.locator('[data-token="Prometheus"]')
  await expect(row).toContainText('Viewer')
  await expectAccessibleAnywhere(page)
  await page.getByRole('button', { name: 'End Prometheus' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog')).toContainText('refused at once')
  await page.getByRole('button', { name: 'End the token' }).focus()
  await page.keyboard.press('Enter')
  await expect(row).toHaveCount(0)
  expect((await ask()).status()).toBe(401)
})

test('a second factor is set up, and asked for from then on', async () => {
  await lea.goto(`${stack.url}/settings/account`)
  await expect(lea.locator('[data-second-factor]')).toHaveAttribute('data-second-factor', 'off')
  await expect(lea.locator('[data-session="this"]')).toContainText('Chrome on Linux')
  await expectAccessibleAnywhere(lea)
  await lea.getByRole('button', { name: 'Set it up…' }).click()
  await dialog(lea).getByLabel('Your present password').fill('not the right one')
  await dialog(lea).getByRole('button', { name: 'Go on' }).click()
  await expect(dialog(lea)).toContainText('This is not your password.')
  await dialog(lea).getByLabel('Your present password').fill(LEA.password)
  await dialog(lea).getByRole('button', { name: 'Go on' }).click()
  const picture = dialog(lea).getByRole('img', { name: 'QR code of the second factor' })
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).not.toBe(0)
  await expectAccessible(lea)
  const secret = await copied(dialog(lea))
  await dialog(lea).getByLabel('Code of the app').fill(totpCode(secret))
  await dialog(lea).getByRole('button', { name: 'Switch it on' }).click()
  const codes = dialog(lea).locator('[data-recovery-codes] li')
  await expect(codes).not.toHaveCount(0)
  await expectAccessible(lea)
  const [recovery = ''] = await codes.allTextContents()
  const file = lea.waitForEvent('download')
  await dialog(lea).getByRole('button', { name: 'Save as a file' }).click()
  expect((await file).suggestedFilename()).toBe('vigie-recovery-codes.txt')
  await dialog(lea).getByRole('button', { name: 'I have them' }).click()
  await expect(lea.locator('[data-second-factor="on"]')).toContainText('recovery codes are left')

  await lea.getByRole('button', { name: /^Account/ }).click()
  await lea.getByRole('menuitem', { name: 'Sign out' }).click()
  await lea.getByLabel('E-mail').fill(LEA.email)
  await lea.getByLabel('Password').fill(LEA.password)
  await lea.getByRole('button', { name: 'Sign in' }).click()
  await expect(lea.getByRole('heading', { name: 'Second step' })).toBeVisible()
  await expectAccessible(lea)
  await lea.getByLabel('Code').fill('000000')
  await lea.getByRole('button', { name: 'Go on' }).click()
  await expect(lea.getByRole('alert')).toContainText('That code is wrong')
  await lea.getByLabel('Code').fill(recovery)
  await lea.getByRole('button', { name: 'Go on' }).click()
  await expect(lea.locator('[data-second-factor="on"]')).toBeVisible()
})

test('who has lost a password gets a link, and who leaves is out at once', async ({ browser }) => {
  await section('People').click()
  await page.getByRole('button', { name: `More about ${LEA.email}` }).click()
  await page.getByRole('menuitem', { name: 'Take the second factor away…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take it away' }).click()
  await expect(person(LEA.email)).toContainText('Off')
  await page.getByRole('button', { name: `More about ${LEA.email}` }).click()
  await page.getByRole('menuitem', { name: 'Link for a new password…' }).click()
  await dialog().getByRole('button', { name: 'Make the link' }).click()
  const link = await copied(dialog())
  await dialog().getByRole('button', { name: 'Done' }).click()

  const elsewhere = await freshPage(browser)
  await elsewhere.goto(link)
  await elsewhere.getByLabel('New password').fill('another door, three locks')
  await elsewhere.getByRole('button', { name: 'Set the password' }).click()
  await expect(elsewhere.getByRole('link', { name: 'node-0001' })).toBeVisible()
  await expect(lea.getByRole('button', { name: 'Sign in' })).toBeVisible()

  await page.getByRole('button', { name: `More about ${LEA.email}` }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('stays in the audit log')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(person(LEA.email)).toHaveCount(0)
  await expect(elsewhere.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await elsewhere.context().close()
})

test('the audit log says who did all that, and what was refused', async () => {
  await section('Audit log').click()
  await expect(page.locator('[data-audit="user.remove"]')).toContainText(LEA.email)
  await expectAccessibleAnywhere(page)
  await page.getByLabel('What was done').selectOption({ label: 'Signing in' })
  await expect(page).toHaveURL(/action=sign-in/)
  await expect(page.locator('[data-audit="user.remove"]')).toHaveCount(0)
  const refused = page.locator('[data-audit="sign-in.second-factor"][data-outcome="refused"]')
  await expect(refused).toContainText('wrong code')
  await page.getByLabel('Who did it').fill('nobody by that name')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Nothing of that kind.' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(page.locator('[data-audit="user.remove"]')).toBeVisible()
})

test('the settings in force are told by their names, and secrets only as set or not', async () => {
  await section('The hub').click()
  const listen = page.locator('[data-setting="VIGIE_LISTEN"]')
  await expect(listen).toContainText('127.0.0.1')
  await expect(page.locator('[data-setting="VIGIE_SMTP_URL"]')).toContainText('not set')
  const secret = page.locator('[data-setting="VIGIE_OIDC_CLIENT_SECRET"]')
  await expect(secret).toContainText('set, and secret')
  await expect(page.locator('main')).not.toContainText('a secret of nobody')
  await expectAccessibleAnywhere(page)
})

test('a provider that lets nobody in is told in words', async ({ browser }) => {
  const outside = await freshPage(browser)
  await outside.goto(`${stack.url}/sign-in`)
  await outside.getByRole('link', { name: 'Example ID' }).click()
  await expect(outside.getByRole('alert')).toContainText('The provider does not answer')
  await expectAccessibleAnywhere(outside)
  await outside.goto(`${stack.url}/sign-in?oidc=unknown-person`)
  await expect(outside.getByRole('alert')).toContainText('Ask an administrator for an invite')
  await outside.goto(`${stack.url}/welcome#invite_made-up`)
  await outside.reload()
  await expect(outside.getByRole('alert')).toContainText('not complete')
  await outside.context().close()
})
