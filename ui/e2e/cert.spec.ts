// The page of advisories in the states that a real watch is seldom in: many hosts, each failure, hostile texts. The hub behind it is
// real; what it says of advisories is put in its mouth. With a real watch: cert-watch.spec.ts.
import { WatchFailureKind, type CertWatch } from '@vigie/shared/api/cert-watch'
import type { SessionState } from '@vigie/shared/api/session'
import type { CertPart } from '@vigie/shared/protocol/live'
import { expect, test, type Browser, type Page, type WebSocketRoute } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { CertHub, type CertState } from './cert-hub.ts'
import {
  advisoryOf,
  comparedOf,
  concerning,
  evidenceOf,
  failedRun,
  runOf,
  verdictOf,
  watchOf,
} from './cert-values.ts'
import { fleetOf } from './fleet-of.ts'
import { claimLink, signIn } from './journey.ts'
import { administrator, Stack } from './stack.ts'

const FAILURES = WatchFailureKind.anyOf.map((kind) => kind.const)

let stack: Stack
let server: CertHub
let page: Page
let endFleet: () => void
const faults: string[] = []
const state: CertState = {
  advisories: [],
  watch: watchOf(),
  oncheck: () => undefined,
  onchange: () => tell('advisories'),
}
/** Of the page, to the real hub: the last is open. */
const sockets: WebSocketRoute[] = []

/** The hub says that there is something new. */
function tell(...changed: CertPart[]): void {
  sockets.at(-1)?.send(JSON.stringify({ type: 'cert', changed }))
}

test.beforeAll(async ({ browser }) => {
  stack = await Stack.start({ agent: false })
  const first = await (await browser.newContext()).newPage()
  await claimLink(first, stack)
  endFleet = await fleetOf(2, stack, first)
  server = await CertHub.start(stack.url, state)
  page = await enter(browser)
})
test.afterAll(async () => {
  endFleet()
  await server.close()
  await stack.close()
})
test.describe.configure({ mode: 'serial' })
test.afterEach(() => expect(faults).toEqual([]))

async function enter(browser: Browser): Promise<Page> {
  const entered = await (await browser.newContext()).newPage()
  entered.on('pageerror', ({ message }) => faults.push(message))
  await entered.routeWebSocket(/\/live$/, (socket) => {
    socket.connectToServer()
    sockets.push(socket)
  })
  entered.on('dialog', (dialog) => faults.push(`a dialog: ${dialog.message()}`))
  await signIn(entered, { url: server.url }, administrator.password)
  await expect(entered.locator('[data-host-id]').first()).toBeVisible()
  return entered
}

/** Shows the page with these advisories and this watch. */
async function open(part: Partial<CertState>, path = '/cert'): Promise<void> {
  Object.assign(state, { advisories: [], watch: watchOf(), oncheck: () => undefined }, part)
  await page.goto(server.url + path)
  await expect(page.locator('[data-lists="loaded"], h1.lead, [data-part]').first()).toBeAttached()
}

const lead = () => page.locator('p.lead')
const advisory = (number: number) =>
  page.locator(`[data-advisory="CERTFR-2099-ALE-${String(number).padStart(3, '0')}"]`)

test('says why nothing is listed, and what will be here', async () => {
  await open({ watch: watchOf({ sources: [], runs: [] }) })
  await expect(lead()).toContainText('The watch is off')
  await expect(page.locator('[data-empty="off"]')).toContainText('VIGIE_CERT_SOURCES')
  await expectAccessible(page)

  const sources = watchOf().sources.map((source) => ({
    ...source,
    wellSinceMs: null,
    lastChangeMs: null,
  }))
  await open({ watch: watchOf({ sources, runs: [] }) })
  await expect(lead()).toContainText('has not looked yet')

  const compared = comparedOf({ hosts: 0, packages: 0, matchedMs: null })
  await open({ advisories: [advisoryOf(3)], watch: watchOf({ compared }) })
  await expect(lead()).toContainText('it is not known whom they concern')
  await expect(page.locator('[data-empty="no-host"]')).toContainText('Agents tell it by themselves')

  await open({})
  await expect(lead()).toHaveText('No alert is open.')
  await expect(page.locator('[data-empty="concern"]')).toBeVisible()
  await expect(page.locator('[data-alerts-to-do]')).toHaveCount(0)
})

test('open alerts that concern hosts come first, with verdict and evidence', async () => {
  await open({ advisories: [advisoryOf(2), concerning(), advisoryOf(3, { closedMs: Date.now() })] })
  await expect(lead()).toHaveText(
    'One open alert concerns your hosts: 1 host to update. One more is open and asks for nothing.',
  )
  await expect(page.locator('[data-alerts-to-do="1"]')).toBeVisible()
  const row = (name: string) => advisory(1).getByRole('row').filter({ hasText: name })
  await expect(row('node-0001')).toContainText('concerned')
  await expect(row('node-0001')).toContainText('brinote-mail 4.1.9-2')
  await expect(row('node-0001')).toContainText('Brinote Mail versions antérieures à 4.2.1')
  await expect(row('node-0002')).toContainText('to check')
  await row('node-0002').getByText('and 1 more piece of evidence').click()
  await expect(row('node-0002').locator('[data-rule="edition"]')).toBeVisible()
  await expect(row('node-0001').getByRole('link', { name: 'node-0001' })).toHaveAttribute(
    'href',
    /\/hosts\/1$/,
  )
  // What asks for nothing is folded.
  await expect(advisory(2)).toBeHidden()
  await page.getByText('Open, nothing to do').click()
  await expect(advisory(2)).toBeVisible()
  await expectAccessible(page)
})

test('which are shown is in the address: open, all, a source, words', async () => {
  const notice = {
    kind: 'notice',
    source: 'certfr-notices',
    reference: 'CERTFR-2099-AVI-0007',
  } as const
  await open({
    advisories: [concerning(), advisoryOf(2), advisoryOf(3, { closedMs: 1, ...notice })],
  })
  await page.getByRole('button', { name: 'All' }).click()
  await expect(page).toHaveURL(/which=all/)
  await expect(page.locator('[data-advisory="CERTFR-2099-AVI-0007"]')).toContainText('closed')
  await page.getByRole('combobox', { name: 'Source' }).selectOption({ label: 'CERT-FR alerts' })
  await expect(page.locator('[data-advisory="CERTFR-2099-AVI-0007"]')).toHaveCount(0)
  await page.keyboard.press('/')
  await page.keyboard.type('brinote mail 2')
  await expect(advisory(1)).toHaveCount(0)
  await expect(page).toHaveURL(/q=brinote/)
  await page.keyboard.press('ArrowDown')
  await expect(advisory(2).getByRole('link')).toBeFocused()
  await page.reload()
  await expect(advisory(2)).toBeVisible()
  await page.getByRole('searchbox').fill('there is no such product')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(advisory(1)).toBeVisible()
})

test('says who was mailed, which host was put right, and why others are concerned by nothing', async () => {
  const now = Date.now()
  const told = {
    what: 'added',
    isDigest: false,
    learntMs: now - 65_000,
    writtenMs: now - 62_000,
    mails: 3,
    delivered: 3,
    failed: 0,
    firstMs: now - 60_000,
    lastMs: now - 59_000,
  } as const
  const right = {
    hostId: 2,
    hostName: 'node-0002',
    verdict: 'concerned',
    goneMs: now - 600_000,
    package: { manager: 'dpkg', name: 'brinote-mail', was: '4.1.9-2', now: '4.2.1-1' },
  } as const
  const hosts = [verdictOf(1, 'node-0001')]
  const found = { name: 'ostrea', lowest: '2.9.4-1', highest: '3.0-1', hosts: 2 }
  await open({
    advisories: [
      advisoryOf(1, { hosts, past: [right], told: [told] }),
      advisoryOf(2, { whyNot: { reason: 'not-installed', package: null }, uncompared: 1 }),
      advisoryOf(3, { whyNot: { reason: 'other-version', package: found } }),
    ],
  })
  await expect(advisory(1).locator('[data-told="added"]')).toContainText(
    /to 3, 5.s after it was read/,
  )
  await expect(advisory(1).locator('[data-past="updated"]')).toContainText(
    'brinote-mail 4.1.9-2 became 4.2.1-1',
  )
  await expect(page.locator('[aria-pressed="true"]')).toHaveText(/Concern us 1/)
  await page.getByRole('button', { name: 'Open 3' }).click()
  await expect(advisory(2)).toContainText('not found on any host; 1 host not compared whole')
  await expect(advisory(3)).toContainText('ostrea is at 2.9.4-1 or later on 2 hosts')
  await page.keyboard.press('/')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(advisory(2).getByRole('link')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/cert\/CERTFR-2099-ALE-001$/)
  await expect(page.getByRole('link', { name: 'Its mails in the ledger' })).toHaveAttribute(
    'href',
    /mails\?advisory=CERTFR-2099-ALE-001$/,
  )
  await expectAccessible(page)
})

test('one takes it, and hands it over', async () => {
  await open({ advisories: [concerning()] })
  await advisory(1).getByRole('button', { name: 'Take it' }).click()
  await expect(advisory(1).locator('[data-owner]')).toContainText('Ada has it since')
  await advisory(1).getByRole('button', { name: 'Hand over' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('To whom').fill('platform')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(advisory(1).locator('[data-owner]')).toContainText('platform has it since')
})

test('it is dealt with, with a comment, and made to do again', async () => {
  await open({ advisories: [concerning()] })
  await advisory(1).getByRole('button', { name: 'Handled' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Comment').fill('<b>by hand</b> on both')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Mark as handled' }).click()
  await expect(lead()).toHaveText(/No open alert asks for anything.*One is open/)
  await expect(page.locator('[data-alerts-to-do]')).toHaveCount(0)

  await page.goto(`${server.url}/cert/CERTFR-2099-ALE-001`)
  await expect(page.locator('[data-handled="patched"]')).toContainText('Patched, says Ada')
  await expect(page.locator('[data-handled]')).toContainText('“<b>by hand</b> on both”')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Make it to do again' }).click()
  await expect(page.locator('[data-handled]')).toHaveCount(0)
  await expect(page.locator('[data-alerts-to-do="1"]')).toBeVisible()
})

test('an address of one advisory shows all of it; one that is not there says so', async () => {
  await open({ advisories: [concerning()] }, '/cert/CERTFR-2099-ALE-001')
  await expect(page.locator('[data-part="solution"]')).toContainText('couper la réception')
  await expect(page.locator('[data-part="affected"]')).toContainText('antérieures à 4.2.1')
  await expect(page.locator('[data-part="revisions"] li').first()).toContainText(
    'Ajout d’un correctif',
  )
  const source = page.getByRole('link', { name: 'Read at the source' })
  await expect(source).toHaveAttribute('rel', 'noopener noreferrer')
  await expectAccessible(page)
  await page.goto(`${server.url}/cert/CERTFR-2099-ALE-404`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('There is no advisory')
  await page.getByRole('link', { name: 'To the advisories' }).click()
  await expect(page).toHaveURL(/\/cert$/)
})

test('texts of a source are texts: no markup, no script, no other scheme', async () => {
  const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>'
  const links = ['javascript:alert(3)', 'data:text/html,x', 'https://user:word@example.org/'].map(
    (url) => ({ title: `${evil} ${url}`, url }),
  )
  const hosts = [verdictOf(1, 'node-0001', { evidence: [evidenceOf({ line: evil, rule: evil })] })]
  const one = advisoryOf(1, { hosts, links, title: evil, summary: evil, solution: evil })
  one.url = 'javascript:alert(4)'
  one.affected = [{ text: evil, vendor: null, product: null }]
  one.cves = ['CVE-2099-1"><script>', evil]
  await open({ advisories: [one] })
  await expect(advisory(1)).toContainText(evil)
  await page.goto(`${server.url}/cert/${one.reference}`)
  await expect(page.locator('[data-part="links"]')).toContainText('javascript:alert(3)')
  await expect(page.locator('[data-part="links"] a')).toHaveCount(0)
  await expect(page.locator('[data-part="cves"] a')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Read at the source' })).toHaveCount(0)
  expect(await page.locator('main img, main script').count()).toBe(0)
})

test('two hundred hosts, sixty vulnerabilities and endless words do not break it', async () => {
  const hosts = Array.from({ length: 200 }, (_, n) =>
    verdictOf(n + 1, `host-${'long-'.repeat(12)}${n}`),
  )
  const cves = Array.from({ length: 60 }, (_, n) => `CVE-2099-${10_000 + n}`)
  const title = `${'Tarnel'.repeat(60)} SQL Server`
  const notices = Array.from({ length: 130 }, (_, n) =>
    advisoryOf(100 + n, { kind: 'notice', source: 'certfr-notices' }),
  )
  await open({ advisories: [advisoryOf(1, { hosts, cves, title }), ...notices] })
  await expect(lead()).toContainText('200 hosts to update')
  await expect(advisory(1).locator('[data-verdict]')).toHaveCount(5)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  await advisory(1).getByRole('button', { name: 'Show 100 more hosts' }).click()
  await expect(advisory(1).locator('[data-verdict]')).toHaveCount(105)
  await page.goto(`${server.url}/cert/CERTFR-2099-ALE-001`)
  await expect(page.locator('[data-part="cves"] a')).toHaveCount(24)
  await page.locator('[data-part="cves"]').getByRole('button').click()
  await expect(page.locator('[data-part="cves"] a')).toHaveCount(48)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${server.url}/cert?which=all`)
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect(page.locator('[data-advisory]')).toHaveCount(100)
})

test('each failure is named, says what to do, and shows what was seen', async () => {
  const runs = FAILURES.map((kind, index) => failedRun(90 - index, kind))
  const sources = watchOf().sources.map((source) => ({
    ...source,
    failedInARow: 17,
    wellSinceMs: null,
  }))
  await open({ advisories: [advisoryOf(3)], watch: watchOf({ runs, sources }) })
  await expect(lead()).toContainText('could not see the last 17 times')
  await expect(page.locator('[data-watch="crisis"]')).toContainText('cannot read CERT-FR alerts')
  await page.getByRole('button', { name: 'More runs' }).click()
  await page.getByRole('button', { name: 'More runs' }).click()
  const said = await page.locator('[data-run-line="failed"] p:first-child').allTextContents()
  expect([said.length, new Set(said).size]).toEqual([FAILURES.length, FAILURES.length])
  for (const kind of FAILURES)
    await expect(page.locator(`[data-failure="${kind}"]`)).not.toBeEmpty()
  await expect(page.getByRole('link', { name: 'Screenshot' }).first()).toHaveAttribute(
    'href',
    '/api/v1/cert/runs/90/screenshot',
  )
  await expectAccessible(page)
})

test('the runs are read with the arrows', async () => {
  await open({
    watch: watchOf({
      runs: [runOf(9, { added: ['CERTFR-2099-ALE-009'] }), failedRun(8, 'http-error')],
    }),
  })
  const strip = page.getByRole('slider', { name: /2 runs, 1 failed/ })
  await strip.focus()
  await expect(strip).toHaveAttribute('aria-valuetext', /new: CERTFR-2099-ALE-009/)
  await page.keyboard.press('ArrowLeft')
  await expect(strip).toHaveAttribute('aria-valuetext', /error; what is new was not seen/)
  await expect(strip).toHaveAttribute('aria-valuenow', '1')
  await page.keyboard.press('End')
  await expect(strip).toHaveAttribute('aria-valuenow', '2')
})

test('a check says that it is under way, and what it came to', async () => {
  await open({ watch: watchOf({ runs: [runOf(5)] }) })
  const running = (isRunning: boolean) =>
    watchOf().sources.map((source) => ({ ...source, isRunning: isRunning && source.isOn }))
  const asked = Promise.withResolvers<null>()
  state.oncheck = () => {
    state.watch = watchOf({ runs: [runOf(5)], sources: running(true) })
    tell('watch')
    asked.resolve(null)
  }
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.locator('[data-check="running"]')).toContainText('Reading the sources')
  await asked.promise
  state.advisories = [concerning()]
  state.watch = watchOf({ runs: [runOf(6, { added: ['CERTFR-2099-ALE-001'] }), runOf(5)] })
  tell('advisories', 'watch')
  await expect(page.locator('[data-check="done"]')).toContainText('Checked: 1 new, 0 changed.')
  await expect(advisory(1)).toContainText('node-0001')
  await expect(page.locator('[data-alerts-to-do="1"]')).toBeVisible()
})

test('without a browser the page says how to get one; hosts without packages are named', async () => {
  const without: CertWatch['compared']['without'] = [
    { hostId: 2, hostName: 'node-0002', lacks: ['list'] },
    { hostId: 1, hostName: 'node-0001', lacks: ['rpm', 'rest'] },
  ]
  const compared = comparedOf({ hosts: 1, packages: 900, without, ownAliases: 2 })
  await open({ watch: watchOf({ browser: null, compared }) })
  await expect(page.locator('[data-no-browser]')).toContainText('npx playwright install')
  await expect(page.locator('[data-no-browser]')).toContainText('VIGIE_CHROMIUM')
  await expect(page.locator('[data-without="2"]').getByRole('listitem')).toHaveText([
    'node-0002 (it tells no packages)',
    'node-0001 (not all of rpm could be read and it has more packages than a list may have)',
  ])
  await expect(page.locator('p.sub')).toContainText('packages of 1 of 2 hosts compared')
  await page.goto(`${server.url}/hosts/2`)
  await expect(page.locator('#advisories')).toContainText('has not told what it has installed')
})

test('a host says what concerns it, at its head, in its charts and in a list', async () => {
  const found = concerning()
  found.firstSeenMs = Date.now() - 60_000
  await open({ advisories: [found, advisoryOf(2)] }, '/cert')
  await page.goto(`${server.url}/hosts/1`)
  await expect(page.locator('[data-host-advisories]')).toHaveText('1 advisory concerns it')
  await page.locator('[data-host-advisories] a').click()
  const row = page.locator('#advisories [data-advisory]')
  await expect(row).toHaveAttribute('data-verdict', 'concerned')
  await expect(row).toContainText('brinote-mail 4.1.9-2')
  await expect(page.locator('[data-marker="advisory"]').first()).toHaveAttribute('title', /ALE-001/)
  await expectAccessible(page)
  await row.getByRole('link').click()
  await expect(page).toHaveURL(/cert\/CERTFR-2099-ALE-001$/)
})

test('two alerts of one moment are marked for whoever sees some hosts only', async () => {
  await page.route(/\/api\/v1\/session$/, async (route) => {
    const told = (await (await route.fetch()).json()) as SessionState
    const person = told.person && { ...told.person, role: 'viewer', hostTags: ['web'] }
    await route.fulfill({ json: { ...told, person } })
  })
  const part = { firstSeenMs: Date.now() - 60_000, hosts: [verdictOf(1, 'node-0001')] }
  Object.assign(state, { advisories: [advisoryOf(1, part), advisoryOf(2, part)] })
  await page.goto(`${server.url}/hosts/1`)
  const marker = page.locator('figure[data-chart]').first().locator('[data-marker="advisory"]')
  await expect(marker).toHaveCount(2)
  await page.unroute(/\/api\/v1\/session$/)
})

test('in French, on a phone, in the dark', async ({ browser }) => {
  Object.assign(state, { advisories: [concerning(), advisoryOf(2)], watch: watchOf() })
  const context = await browser.newContext({
    locale: 'fr-FR',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
    storageState: await page.context().storageState(),
  })
  const phone = await context.newPage()
  await phone.goto(`${server.url}/cert`)
  await expect(phone.locator('p.lead')).toContainText('Une alerte en cours concerne vos machines')
  await expect(phone.getByRole('row').filter({ hasText: 'node-0002' })).toContainText('à vérifier')
  await expect(phone.locator('[data-watch="well"]')).toContainText('la veille va bien')
  await expectAccessible(phone)
  await phone.goto(`${server.url}/cert/CERTFR-2099-ALE-001`)
  await expect(phone.locator('[data-part="affected"]')).toContainText('Systèmes affectés')
  await expectAccessible(phone)
  await context.close()
})

test('the palette and the keyboard lead to it', async () => {
  await page.goto(server.url)
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('cert')
  await expect(page.locator('.palette-item')).toHaveText('CERT')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/cert$/)
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await expect(page.locator('[data-host-id]').first()).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/cert$/)
})

test('who may only look sees all of it, and changes nothing', async () => {
  await stack.demoteAll()
  await open({ advisories: [concerning()], watch: watchOf({ runs: [failedRun(8, 'no-cards')] }) })
  await expect(advisory(1)).toContainText('node-0002')
  await expect(page.locator('[data-failure="no-cards"]')).toBeVisible()
  await expect(page.getByRole('button', { name: /Check now|Handled|Take it/ })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Screenshot' })).toHaveCount(0)
  await page.goto(`${server.url}/cert/CERTFR-2099-ALE-001`)
  await expect(page.locator('[data-part="solution"]')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Handled' })).toHaveCount(0)
})
