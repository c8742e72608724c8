// Takes the pictures of README.md: `npm run screenshots`. Of this machine as it is; what takes days or many machines to
// show is played by agents that speak the protocol.
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright'
import playwrightConfig from '../playwright.config.ts'
import { fleetOf } from './fleet-of.ts'
import { claimLink, openHost, signIn } from './journey.ts'
import { hostWithPast } from './past-of.ts'
import { startRelay } from './relay.ts'
import { administrator, Stack } from './stack.ts'

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
/** How long this machine is watched before its picture is taken. */
const WATCH_MS = Number(process.env.SCREENSHOT_AFTER_MS ?? 310_000)
/** How many hosts are compared: more than a dozen are a heat map. */
const FLEET = 20
const HOUR = 3_600_000
const BUSY_RULE = {
  name: 'CPU busy',
  isEnabled: true,
  severity: 'crisis',
  condition: {
    type: 'metric',
    metric: 'system.cpu.utilization',
    attributes: {},
    statistic: 'mean',
    windowMs: 300_000,
    operator: '>',
    threshold: 0.5,
    clearAt: 0.4,
    forMs: 10_000,
    clearForMs: 0,
    onlyIfChanged: false,
  },
  scope: { type: 'all' },
  recipients: [],
  remindEveryMs: 3_600_000,
}

const browser = await chromium.launch(playwrightConfig.use?.launchOptions)
const stacks: Stack[] = []
try {
  await ofACrisis()
  await ofThisMachine()
  await ofLongAgo()
} finally {
  await browser.close()
  for (const stack of stacks) await stack.close()
}

/** The fleet and a host, live. */
async function ofThisMachine(): Promise<void> {
  const stack = await start({ agent: true })
  for (const name of ['web-1', 'db-1']) await stack.startAgent(name)
  process.stderr.write(`Watching this machine for ${WATCH_MS / 1000} s...\n`)
  await wait(WATCH_MS)
  await inEachForm(stack, async (page, nameOf, width) => {
    await page.locator('[data-metric="cpuRatio"][data-value]').first().waitFor()
    await wait(3000)
    await page.screenshot({ path: nameOf('fleet') })
    await openHost(page, 'this-machine')
    await page.locator('figure[data-chart] canvas').first().waitFor()
    await wait(3000)
    await page.screenshot({ path: nameOf('host') })
    if (process.env.SCREENSHOT_WHOLE) await whole(page, nameOf, { stack, width })
  })
  await stack.close()
}

/** Ten days of a host with holes in them, and many hosts side by side. */
async function ofLongAgo(): Promise<void> {
  const stack = await start({ agent: false })
  const page = await browser.newPage()
  await signIn(page, stack, administrator.password)
  await page.getByRole('heading', { name: 'Fleet' }).waitFor({ state: 'attached' })
  const ago = (hours: number) => Date.now() - hours * HOUR
  const holes = [
    { fromMs: ago(196), toMs: ago(184), reason: 'suspended' },
    { fromMs: ago(104), toMs: ago(101), reason: 'stalled' },
    { fromMs: ago(66), toMs: ago(54) },
    { fromMs: ago(3.2), toMs: ago(3) },
  ] as const
  const bootedAgoMs = 3 * HOUR + 60_000
  const ends = [await hostWithPast('db-1', { stack, page, holes, isOld: true, bootedAgoMs })]
  ends.push(await fleetOf(FLEET, stack, page, { pastS: 3600, valuesOf }))
  await page.close()
  await inEachForm(stack, async (shown, nameOf, width) => {
    await shown.getByRole('link', { name: 'db-1' }).first().click()
    await shown.getByRole('button', { name: '10 d', exact: true }).click()
    await shown.locator('[data-gap-reason*="suspended"]').waitFor({ state: 'attached' })
    await shown.mouse.move(0, 0)
    await wait(4000)
    // A phone has its charts below the fold.
    if (width < 1000) await shown.locator('#group-cpu').evaluate((group) => group.scrollIntoView())
    await wait(3000)
    await shown.screenshot({ path: nameOf('look-back') })
    await shown.goto(`${stack.url}/compare?range=60m&q=node`)
    await shown.locator('[data-compare="heat"] canvas').first().waitFor()
    await wait(3000)
    await shown.screenshot({ path: nameOf('compare') })
  })
  for (const end of ends) end()
}

/** A machine that is busier than the others, and the mail that says so. */
async function ofACrisis(): Promise<void> {
  const relay = await startRelay()
  const environment = {
    VIGIE_SMTP_URL: relay.url,
    VIGIE_MAIL_FROM: 'vigie@example.org',
    VIGIE_MAIL_TO: 'ops@example.org',
  }
  const stack = await start({ agent: true, environment })
  const page = await browser.newPage()
  await signIn(page, stack, administrator.password)
  await page.getByRole('heading', { name: 'Fleet' }).waitFor({ state: 'attached' })
  const end = await fleetOf(9, stack, page, { pastS: 3600, valuesOf })
  await page.request.post(`${stack.url}/api/v1/rules`, {
    headers: { origin: stack.url },
    data: BUSY_RULE,
  })
  await page.goto(`${stack.url}/incidents`)
  await page.locator('[data-incident-id]').first().waitFor({ timeout: 120_000 })
  while (relay.taken.length === 0) await wait(500)
  const { items } = (await (await page.request.get(`${stack.url}/api/v1/mails`)).json()) as {
    items: { id: number }[]
  }
  await page.setViewportSize({ width: 640, height: 900 })
  await page.goto(`${stack.url}/api/v1/mails/${items.at(-1)?.id}/html`)
  await page.screenshot({ path: `${folder}mail.png`, fullPage: true })
  await page.close()
  await inEachForm(stack, async (shown, nameOf) => {
    await shown.goto(`${stack.url}/incidents`)
    await shown.locator('[data-incident-id]').first().waitFor()
    await wait(3000)
    await shown.screenshot({ path: nameOf('incidents') })
  })
  end()
  await stack.close()
  await relay.close()
}

async function start(options: {
  agent: boolean
  environment?: Record<string, string>
}): Promise<Stack> {
  const stack = await Stack.start(options)
  stacks.push(stack)
  const page = await browser.newPage()
  await claimLink(page, stack)
  await page.close()
  return stack
}

type NameOf = (name: string) => string

/** Dark and light, wide and narrow; each signed in, on the fleet. */
async function inEachForm(
  stack: Stack,
  take: (page: Page, nameOf: NameOf, width: number) => Promise<void>,
): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    for (const width of [1440, 390]) {
      const context = await browser.newContext({
        colorScheme,
        locale: 'en-GB',
        viewport: { width, height: width > 1000 ? 900 : 844 },
      })
      const page = await context.newPage()
      await signIn(page, stack, administrator.password)
      await page.locator('[data-host-id]').first().waitFor()
      await take(
        page,
        (name) => `${folder}${name}-${colorScheme}${width > 1000 ? '' : '-390'}.png`,
        width,
      )
      await context.close()
    }
  }
}

/** Charts are drawn as they come into sight: a tall window shows them all. */
async function whole(
  page: Page,
  nameOf: NameOf,
  { stack, width }: { stack: Stack; width: number },
): Promise<void> {
  await page.setViewportSize({ width, height: 4000 })
  await wait(3000)
  await page.screenshot({ path: nameOf('host-whole') })
  await page.goto(`${stack.url}/add`)
  await page.getByRole('button', { name: 'Make the command' }).click()
  await wait(500)
  await page.setViewportSize({ width, height: 844 })
  await page.screenshot({ path: nameOf('add') })
}

/** CPU, memory available and installed, bytes received, in steps; the ninth host is the odd one. */
function valuesOf(number: number, timeMs: number): readonly number[] {
  const at = timeMs / 60_000
  const wave = Math.sin(at / 7 + number * 1.7) + 0.6 * Math.sin(at / 2.3 + number * number)
  const noise = ((Math.floor(timeMs / 1000) * (7919 + number) * 31) % 1009) / 1009
  const job = number % 4 === 1 && (at + 3 * number) % 20 < 4 ? 2500 : 0
  const odd = number === 9 ? 4600 : 0
  const cpu = 1500 + 90 * (number % 7) + 350 * wave + 500 * noise + job + odd
  return [Math.round(Math.max(50, cpu)), 500_000 + 1000 * number, 1_000_000, 40_000 * number]
}
