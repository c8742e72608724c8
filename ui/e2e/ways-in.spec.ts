// The ways in beside a password: a second factor that is demanded, and a real OpenID Connect provider on loopback.
import { expect, test, type Page } from '@playwright/test'
import { CLIENT, OidcProvider } from '../../hub/test/oidc-provider.ts'
import { totpCode } from '../../hub/test/doors/totp.ts'
import { expectAccessible } from './accessible.ts'
import { claimLink, freshPage } from './journey.ts'
import { administrator, Stack } from './stack.ts'

const BOB = { email: 'bob@example.org', password: 'a door with two locks' }
const PEOPLE = new Map([
  ['s-ada', { email: administrator.email, email_verified: true }],
  ['s-stranger', { email: 'stranger@example.org', email_verified: true }],
])

let stack: Stack
let provider: OidcProvider
/** The administrator's. */
let page: Page

test.beforeAll(async ({ browser }) => {
  provider = await OidcProvider.start(PEOPLE)
  const environment = {
    VIGIE_SECOND_FACTOR: 'everyone',
    VIGIE_OIDC_ISSUER: provider.issuer,
    VIGIE_OIDC_CLIENT_ID: CLIENT.id,
    VIGIE_OIDC_CLIENT_SECRET: CLIENT.secret,
    VIGIE_OIDC_LABEL: 'Example ID',
  }
  stack = await Stack.start({ agent: false, environment })
  provider.serve(stack.url)
  page = await freshPage(browser)
  await claimLink(page, stack)
})
test.afterAll(async () => {
  await stack.close()
  provider.close()
})

/** Through the provider's own pages. */
async function signInAs(subject: string, at: Page): Promise<void> {
  await at.getByRole('link', { name: 'Example ID' }).click()
  await at.locator('[name="login"]').fill(subject)
  await at.locator('[name="password"]').fill('any')
  await at.getByRole('button', { name: 'Sign-in' }).click()
  await at.getByRole('button', { name: 'Continue' }).click()
}

test('F8 a second factor that is demanded is set up first, and leads on to where one was', async ({
  browser,
}) => {
  const made = await page.request.post(`${stack.url}/api/v1/invites`, {
    headers: { origin: stack.url },
    data: { email: BOB.email, role: 'viewer', hostTags: null },
  })
  const { url } = (await made.json()) as { url: string }
  const bob = await freshPage(browser)
  await bob.goto(url)
  await bob.getByLabel('Password').fill(BOB.password)
  await bob.getByRole('button', { name: 'Create the account' }).click()
  await expect(bob.getByRole('heading', { name: 'A second factor first' })).toBeVisible()
  await bob.goto(`${stack.url}/settings/account`)
  await expect(bob.locator('[data-second-factor-due]')).toContainText(BOB.email)
  await expectAccessible(bob)
  await bob.getByRole('button', { name: 'Set it up…' }).click()
  const dialog = bob.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await bob.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(bob.locator('[data-second-factor-due]')).toBeVisible()

  await bob.getByRole('button', { name: 'Set it up…' }).click()
  await dialog.getByLabel('Your present password').fill(BOB.password)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  const secret = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByLabel('Code of the app').fill(totpCode(secret))
  await dialog.getByRole('button', { name: 'Switch it on' }).click()
  await dialog.getByRole('button', { name: 'I have them' }).click()
  await expect(bob).toHaveURL(`${stack.url}/settings/account`)
  await expect(bob.locator('[data-second-factor="on"]')).toContainText('it stays on')
  await expect(bob.getByRole('button', { name: 'Switch it off…' })).toHaveCount(0)
  await bob.context().close()
})

test('O1, O8 who the provider knows comes back signed in to where they were', async ({
  browser,
}) => {
  const ada = await freshPage(browser)
  await ada.goto(`${stack.url}/incidents?state=all`)
  await expect(ada).toHaveURL(/\/sign-in\?to=/)
  await signInAs('s-ada', ada)
  await expect(ada).toHaveURL(`${stack.url}/incidents?state=all`)
  await expect(ada.locator('.lead')).toContainText('No incident is open')
  await ada.context().close()
})

test('O3, O6, O8 whom nobody has invited is refused in words, and still knows where they were', async ({
  browser,
}) => {
  const stranger = await freshPage(browser)
  await stranger.goto(`${stack.url}/cert`)
  await signInAs('s-stranger', stranger)
  await expect(stranger.getByRole('alert')).toContainText('Ask an administrator for an invite')
  expect(new URL(stranger.url()).searchParams.get('to')).toBe('/cert')
  await expectAccessible(stranger)
  await stranger.context().close()
})
