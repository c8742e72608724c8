// Prints what a person waits for, from the clock's second to the painted pixel, and what the page weighs and costs.
// A real hub, a real agent and a real Chromium.
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright'
import playwrightConfig from '../playwright.config.ts'
import { claimLink } from '../e2e/journey.ts'
import { weighScripts } from '../e2e/page-weight.ts'
import { Stack } from '../e2e/stack.ts'

/** Ticks whose way to the screen is timed. */
const SAMPLES = 60
const CPU_SECONDS = 20

const stack = await Stack.start()
const browser = await chromium.launch(playwrightConfig.use?.launchOptions)
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await claimLink(page, stack)
  await page.getByRole('link', { name: 'this-machine' }).first().click()
  await page.locator('[data-live-time-ms]').waitFor()
  print('ui.first_load_js_gzip_kb', await scriptKb(context, stack.url), 'kB', 'of the fleet page')
  print(
    'ui.host_page_js_gzip_kb',
    await scriptKb(context, page.url()),
    'kB',
    'of the page of a host',
  )

  const delays = (await delaysToPaint(page)).sort((a, b) => a - b)
  const note = `${delays.length} ticks, from the whole second to the frame after the change, range 5 min`
  print('ui.sample_to_paint_p50_ms', quantile(delays, 0.5), 'ms', note)
  print('ui.sample_to_paint_p95_ms', quantile(delays, 0.95), 'ms', note)

  const devtools = await browser.newBrowserCDPSession()
  const before = await cpuSeconds(devtools)
  await page.waitForTimeout(CPU_SECONDS * 1000)
  const after = await cpuSeconds(devtools)
  const used = (type: string) => ((after.get(type) ?? 0) - (before.get(type) ?? 0)) / CPU_SECONDS
  print(
    'ui.host_page_cpu_ratio',
    used('renderer'),
    '1',
    'renderer process, of one core, live 5 min',
  )
  print('ui.host_page_gpu_cpu_ratio', used('GPU'), '1', 'painting in software, of one core')
} finally {
  await browser.close()
  await stack.close()
}

// Every script that a page asks for which is opened first.
async function scriptKb(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  const bytes = weighScripts(page)
  await page.goto(url)
  await page.locator('[data-host-id], [data-live-time-ms]').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.close()
  return bytes() / 1000
}

// Waits inside the page, so that nothing of the measuring stands between the change and the frame that shows it.
async function delaysToPaint(page: Page): Promise<number[]> {
  return page.evaluate(
    (samples) =>
      new Promise<number[]>((resolve) => {
        const target = document.querySelector('[data-live-time-ms]')
        if (!target) throw new Error('no live page')
        const delays: number[] = []
        const observer = new MutationObserver(() => {
          const sampledMs = Number(target.getAttribute('data-live-time-ms'))
          requestAnimationFrame(() =>
            setTimeout(() => {
              delays.push(Date.now() - sampledMs)
              if (delays.length < samples) return
              observer.disconnect()
              resolve(delays)
            }),
          )
        })
        observer.observe(target, { attributes: true, attributeFilter: ['data-live-time-ms'] })
      }),
    SAMPLES,
  )
}

async function cpuSeconds(devtools: CDPSession): Promise<Map<string, number>> {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  const byType = new Map<string, number>()
  for (const { type, cpuTime } of processInfo) byType.set(type, (byType.get(type) ?? 0) + cpuTime)
  return byType
}

function quantile(sorted: number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)] ?? NaN
}

function print(name: string, value: number, unit: string, note: string): void {
  const rounded = Number(value.toPrecision(3))
  process.stdout.write(`${JSON.stringify({ name, value: rounded, unit, better: 'lower', note })}\n`)
}
