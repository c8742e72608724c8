// Owns which Chromium the browser tests and the screenshots use: one that is there, else Playwright's, else the system's.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pinnedEnvironment, root } from './install.mjs'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Path of a Chromium; installs one when there is none, and exits with what to do when that fails too. */
export async function ensureChromium() {
  const found = await find()
  if (found) return found
  const isRoot = process.getuid?.() === 0
  process.stderr.write('No Chromium found: asking Playwright for its own...\n')
  if (succeeds('npx', ['playwright', 'install', 'chromium'])) {
    // The libraries that it needs of the system; without the right to install them, they may be there already.
    if (isRoot) succeeds('npx', ['playwright', 'install-deps', 'chromium'])
    return await find()
  }
  if (existsSync('/usr/bin/apt-get') && isRoot) {
    process.stderr.write("Asking the system's package manager...\n")
    succeeds('apt-get', ['update'])
    succeeds('apt-get', [
      'install',
      '-y',
      '--no-install-recommends',
      'chromium',
      'fonts-liberation',
    ])
  }
  const installed = await find()
  if (installed) return installed
  process.stderr.write(
    'The browser tests need a Chromium: install one and set VIGIE_CHROMIUM to its path.\n',
  )
  process.exit(1)
}

async function find() {
  const given = process.env.VIGIE_CHROMIUM
  if (given) {
    if (existsSync(given)) return given
    process.stderr.write(`VIGIE_CHROMIUM is ${given}, which does not exist.\n`)
    process.exit(1)
  }
  const { chromium } = await import('playwright')
  return [...usual, chromium.executablePath()].find((path) => existsSync(path))
}

function succeeds(command, args) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...pinnedEnvironment(), DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 600_000,
  })
  return done.status === 0
}
