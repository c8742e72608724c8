import { expect, test, type WebSocketRoute } from '@playwright/test'
import type { HubProblem } from '@vigie/shared/api/hub-state'
import { expectAccessible } from './accessible.ts'
import { claimLink, signIn } from './journey.ts'
import { administrator, Stack } from './stack.ts'

let stack: Stack
test.beforeAll(async () => {
  stack = await Stack.start()
})
test.afterAll(() => stack.close())
test.describe.configure({ mode: 'serial' })

test('a problem of the hub is said on every page, until it is over', async ({ page }) => {
  // What the hub says on its socket, with problems that its disk has not.
  let socket: WebSocketRoute | undefined
  await page.routeWebSocket(/\/live$/, (route) => {
    socket = route
    const server = route.connectToServer()
    server.onMessage((message) => {
      if (typeof message !== 'string' || !message.includes('"problems"')) route.send(message)
    })
  })
  const say = (problems: HubProblem[]) =>
    socket?.send(JSON.stringify({ type: 'problems', problems }))
  await claimLink(page, stack)
  await expect(page.locator('[data-live="live"]')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveText('')

  const sinceMs = Date.now() - 60_000
  say([
    { kind: 'disk-low', sinceMs, detail: 'low' },
    { kind: 'not-writing', sinceMs, detail: 'stuck' },
  ])
  const alert = page.getByRole('alert')
  await expect(alert).toContainText(/The hub’s disk is almost full\s+since \d\d:\d\d:\d\d/)
  await expect(alert).toContainText('Every new sample is still stored')
  await expect(alert).toContainText('Free space on the disk')
  await expect(alert).toContainText('Nothing is lost yet: agents keep their samples')

  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.locator('[data-hub-problem="not-writing"]')).toBeVisible()
  await expect(page.getByText('The hub has 2 problems.')).toBeVisible()
  await expectAccessible(page)

  say([])
  await expect(page.locator('[data-hub-problem]')).toHaveCount(0)
  await expect(page.getByText('The hub is well')).toBeVisible()
})

test('a disk with too little room is told by the hub itself', async ({ page }) => {
  await stack.killHub()
  await stack.startHub({ VIGIE_MIN_FREE_DISK: '500TB' })
  await signIn(page, stack, administrator.password)
  await expect(page.getByRole('alert')).toContainText('The hub’s disk is almost full')

  await stack.killHub()
  await stack.startHub({ VIGIE_MIN_FREE_DISK: '1MB' })
  await expect(page.locator('[data-hub-problem]')).toHaveCount(0, { timeout: 40_000 })
})

test('the settings begin with the hub: what it is and what it keeps', async ({ page }) => {
  await signIn(page, stack, administrator.password)
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/settings\/hub$/)
  await expect(page.locator('[data-fact="version"]')).toContainText(/\d+\.\d+/)
  await expect(page.locator('[data-fact="keeps"]')).toContainText('every second for 10')
  await expect(page.locator('[data-fact="database"]')).toContainText(/\d\s(k|M|G)?B/)
})
