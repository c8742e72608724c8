import { expect, test } from '@playwright/test'
import { expectAccessible, expectAccessibleAnywhere } from './accessible.ts'
import { claimLink, openHost, signIn } from './journey.ts'
import { administrator, Stack } from './stack.ts'

let stack: Stack
test.beforeAll(async ({ browser }) => {
  stack = await Stack.start()
  const page = await browser.newPage()
  await claimLink(page, stack)
  await page.close()
})
test.afterAll(() => stack.close())

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.goto(`${stack.url}/sign-in`)
    await expect(page.getByLabel('E-mail')).toBeVisible()
    await expectAccessibleAnywhere(page)

    await signIn(page, stack, administrator.password)
    await expect(page.locator('[data-host-id][data-status="up"]').first()).toBeVisible()
    await expectAccessibleAnywhere(page)

    await page.goto(`${stack.url}/add`)
    await page.getByRole('button', { name: 'Make the command' }).click()
    await expect(page.getByText(/vigie-agent join/)).toBeVisible()
    await expectAccessibleAnywhere(page)

    await page.goto(stack.url)
    await openHost(page, 'this-machine')
    await expect(page.locator('figure[data-chart] canvas').first()).toBeVisible()
    await expectAccessibleAnywhere(page)
  })
}

test('is used by keyboard alone', async ({ page }) => {
  await signIn(page, stack, administrator.password)
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('this')
  await expect(page).toHaveURL(/q=this/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('this-machine')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'this-machine' })).toBeVisible()
})

test('lists the keys of the page that is open, and they do what it says', async ({ page }) => {
  await signIn(page, stack, administrator.password)
  const help = page.getByRole('dialog')
  const lists = async (present: string[], absent: string[]) => {
    await page.keyboard.press('?')
    for (const words of present) await expect(help.getByText(words, { exact: true })).toBeVisible()
    for (const words of absent) await expect(help.getByText(words, { exact: true })).toHaveCount(0)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(help).toBeHidden()
  }
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
  await lists(['Filter the hosts', 'Move between rows', 'Go to the fleet'], ['Zoom in'])
  await openHost(page, 'this-machine')
  await lists(['Zoom in', 'Read 30 values further', 'Go to the fleet'], ['Filter the hosts'])
  await page.keyboard.press('1')
  await expect(page).toHaveURL(/range=1m/)
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(page).toHaveURL(/compare/)
  await expect(page.locator('[data-filter]')).toBeVisible()
  await lists(['Zoom in', 'Filter the hosts'], ['Move between rows'])
  await page.keyboard.press('Control+k')
  await expect(help.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('Français')
  await expect(help.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(help).toBeHidden()
  await lists(['Agrandir', 'Aller au parc'], ['Zoom in'])
})
