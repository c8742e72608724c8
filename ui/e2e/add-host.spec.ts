import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { claimLink } from './journey.ts'
import { Stack } from './stack.ts'

let stack: Stack
let agents: string
test.beforeAll(async () => {
  agents = await mkdtemp(join(tmpdir(), 'vigie-agents-'))
  stack = await Stack.start({ agent: false, environment: { VIGIE_AGENTS: agents } })
})
test.afterAll(async () => {
  await stack.close()
  await rm(agents, { recursive: true, force: true })
})

test('an empty fleet leads to a command, which turns into the new host', async ({ page }) => {
  await claimLink(page, stack)
  await expect(page.getByText('No machine reports here yet.')).toBeVisible()
  await page.getByRole('link', { name: 'Add a host' }).first().click()
  await page.getByLabel('Name').fill('new-machine')
  await page.getByRole('button', { name: 'Make the command' }).click()

  const command = page.getByText(/vigie-agent join/)
  await expect(command).toContainText(stack.url)
  // What the line needs, and whom it can reach, said before it is pasted.
  await expect(page.getByText(/run “npm run package”/)).toBeVisible()
  await expect(page.getByText(/listens on its own machine only.*ssh -N -R/)).toBeVisible()
  stack.paste('new-machine', (await command.textContent()) ?? '')

  await expect(page.getByText('new-machine has joined.')).toBeVisible()
  await page.getByRole('link', { name: 'Open new-machine' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'new-machine' })).toBeVisible()
  await expect(page.locator('[data-figure="memory"] [data-value]')).toHaveAttribute(
    'data-value',
    /\d/,
  )

  // With an executable to hand out, the line fetches it and carries a checksum.
  await writeFile(join(agents, 'vigie-agent-linux-x64.gz'), gzipSync('#!/bin/sh'))
  await page.goto(`${stack.url}/add`)
  await page.getByRole('button', { name: 'Make the command' }).click()
  await expect(page.getByText(/curl .*\/agent\/install\.sh.*[0-9a-f]{64}.*sha256sum/)).toBeVisible()
  await expect(page.getByText(/This hub has the agent for Linux x64\./)).toBeVisible()
})
