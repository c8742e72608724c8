import { defineConfig } from '@playwright/test'

// A closed machine has nobody to ask for updates; root has no sandbox to offer.
const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

export default defineConfig({
  testDir: 'e2e',
  // Each file has a hub and a browser of its own.
  workers: 3,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  forbidOnly: Boolean(process.env.CI),
  use: {
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      args,
      ...(process.env.VIGIE_CHROMIUM ? { executablePath: process.env.VIGIE_CHROMIUM } : {}),
    },
  },
})
