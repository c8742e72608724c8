// Takes the pictures of README.md, of this machine as it is: `npm run screenshots`.
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import playwrightConfig from '../playwright.config.ts'
import { claimLink, openHost, signIn } from './journey.ts'
import { administrator, Stack } from './stack.ts'

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
/** How long this machine is watched before its picture is taken. */
const WATCH_MS = Number(process.env.SCREENSHOT_AFTER_MS ?? 310_000)

const stack = await Stack.start()
const browser = await chromium.launch(playwrightConfig.use?.launchOptions)
try {
  for (const name of ['web-1', 'db-1']) await stack.startAgent(name)
  const first = await browser.newPage()
  await claimLink(first, stack)
  await first.close()
  process.stderr.write(`Watching this machine for ${WATCH_MS / 1000} s...\n`)
  await wait(WATCH_MS)
  for (const colorScheme of ['dark', 'light'] as const) {
    for (const width of [1440, 390]) {
      const context = await browser.newContext({
        colorScheme,
        locale: 'en-GB',
        viewport: { width, height: width > 1000 ? 900 : 844 },
      })
      const page = await context.newPage()
      await signIn(page, stack, administrator.password)
      await page.locator('[data-metric="cpuRatio"][data-value]').first().waitFor()
      const name = (page: string) =>
        `${folder}${page}-${colorScheme}${width > 1000 ? '' : '-390'}.png`
      await wait(3000)
      await page.screenshot({ path: name('fleet') })
      await openHost(page, 'this-machine')
      await page.locator('figure[data-chart] canvas').first().waitFor()
      await wait(3000)
      await page.screenshot({ path: name('host') })
      if (process.env.SCREENSHOT_WHOLE) {
        // Charts are drawn as they come into sight: a tall window shows them all.
        await page.setViewportSize({ width, height: 4000 })
        await wait(3000)
        await page.screenshot({ path: name('host-whole') })
        await page.goto(`${stack.url}/add`)
        await page.getByRole('button', { name: 'Make the command' }).click()
        await wait(500)
        await page.setViewportSize({ width, height: 844 })
        await page.screenshot({ path: name('add') })
      }
      await context.close()
    }
  }
} finally {
  await browser.close()
  await stack.close()
}
