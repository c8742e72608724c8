import { expect, test } from '@playwright/test'
import { expectAccessible, expectAccessibleAnywhere } from './accessible.ts'
import { claimedStack, openHost, signIn } from './journey.ts'
import { weighScripts } from './page-weight.ts'
import { administrator, type Stack } from './stack.ts'

let stack: Stack
test.beforeAll(async ({ browser }) => {
  stack = await claimedStack(browser)
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

  for (const [words, form] of [
    ['Fleet as a grid', 'grid'],
    ['Fleet as a table', 'table'],
  ] as const) {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`${stack.url}/?view=${form}`)
    await expect(page.getByRole('table')).toHaveCount(form === 'table' ? 1 : 0)
  }
})

test('what is typed right after Ctrl K is for the palette, none of it for the page below', async ({
  page,
}) => {
  await signIn(page, stack, administrator.password)
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.locator('[data-filter]')).toBeFocused()
  // All keys are on their way before the page has seen the first.
  const devtools = await page.context().newCDPSession(page)
  const press = (key: string, windowsVirtualKeyCode: number, more: object) =>
    devtools.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      ...{ key, windowsVirtualKeyCode, ...more },
    })
  const letter = (text: string) => press(text, text.toUpperCase().charCodeAt(0), { text })
  await Promise.all([
    press('k', 75, { type: 'rawKeyDown', modifiers: 2 }),
    ...Array.from('compare', letter),
    press('Enter', 13, { text: '\r' }),
  ])
  await expect(page).toHaveURL(`${stack.url}/compare`)
})

test('a first look at the fleet fetches less than 200 kB of scripts', async ({ page }) => {
  await signIn(page, stack, administrator.password)
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
  const first = await page.context().newPage()
  const bytes = weighScripts(first)
  await first.goto(stack.url)
  await expect(first.locator('[data-host-id]').first()).toBeVisible()
  await first.waitForLoadState('networkidle')
  expect(bytes()).toBeGreaterThan(50_000)
  expect(bytes()).toBeLessThan(200_000)
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
