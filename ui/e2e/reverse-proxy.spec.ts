// The whole of it through a real nginx, over TLS and under a path: people, the live socket and an agent.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { claimLink, signIn } from './journey.ts'
import { documented, freePort, hasNginx, PROXY_CERTIFICATE, startNginx } from './nginx.ts'
import { administrator, Stack } from './stack.ts'

const CADDY = '/usr/bin/caddy'

test.use({ ignoreHTTPSErrors: true })

test('behind nginx, under a path', async ({ page, context }) => {
  test.skip(!hasNginx, 'there is no nginx here: apt install nginx, or set VIGIE_NGINX')
  const port = await freePort()
  const root = `https://localhost:${port}`
  const stack = await Stack.start({
    agent: false,
    environment: { VIGIE_PUBLIC_URL: `${root}/vigie/`, VIGIE_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const astray: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${root}/vigie/`)) astray.push(request.url())
  })
  page.on('response', (response) => {
    if (response.status() >= 400 && response.status() !== 401) astray.push(response.url())
  })
  const stop = await startNginx(stack.url, port)
  try {
    expect(stack.signInLink).toContain(`${root}/vigie/welcome#`)
    await claimLink(page, stack)
    for (const { path, secure } of await context.cookies()) {
      expect({ path, secure }).toEqual({ path: '/vigie', secure: true })
    }

    await page.getByRole('link', { name: 'Add a host' }).first().click()
    await page.getByRole('button', { name: 'Make the command' }).click()
    const line = page.getByText(/vigie-agent join/)
    await expect(line).toContainText(`${root}/vigie `)
    const token = /join \S+ (\S+)/.exec((await line.textContent()) ?? '')?.[1] ?? ''
    const trust = { NODE_EXTRA_CA_CERTS: PROXY_CERTIFICATE }
    await stack.joinAgent('this-machine', token, { url: `${root}/vigie`, environment: trust })
    await page.getByRole('link', { name: 'Fleet' }).first().click()
    await page.locator('a[href*="/vigie/hosts/"]').first().click()

    await expect(page.locator('canvas').first()).toBeVisible()
    await movesOn(page)
    const deep = page.url()
    expect(deep).toMatch(/\/vigie\/hosts\/\d+/)
    await page.reload()
    await movesOn(page)
    expect(page.url()).toBe(deep)

    await page.getByRole('button', { name: /^Account/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
    await page.goto(deep)
    await expect(page).toHaveURL(/\/vigie\/sign-in\?to=/)
    await signIn(page, { url: `${root}/vigie` }, administrator.password)
    await expect(page.getByRole('heading', { name: 'Fleet' })).toBeAttached()
    expect(astray).toEqual([])
  } finally {
    await stop()
    await stack.close()
  }
})

/** Samples come over the live socket. */
async function movesOn(page: Page): Promise<void> {
  const time = page.locator('[data-live-time-ms]').first()
  const seen = new Set<string | null>()
  const count = async () => seen.add(await time.getAttribute('data-live-time-ms')).size
  await expect.poll(count, { intervals: [200] }).toBeGreaterThan(3)
}

test('the lines for Caddy are as Caddy reads them', async ({}, testInfo) => {
  test.skip(!existsSync(CADDY), 'there is no Caddy here: apt install caddy')
  const file = testInfo.outputPath('Caddyfile')
  await writeFile(file, await documented('caddy'))
  const args = ['adapt', '--config', file, '--adapter', 'caddyfile', '--validate']
  const done = spawnSync(CADDY, args, { encoding: 'utf8' })
  expect(done.stderr).not.toMatch(/not formatted|error/i)
  expect(done.status).toBe(0)
  expect(done.stdout).toContain('127.0.0.1:4280')
})
