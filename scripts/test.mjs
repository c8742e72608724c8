// Owns `npm test`: everything that must hold before a change lands, on a fresh clone, in the order that fails fastest.
import { spawn } from 'node:child_process'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled, pinnedEnvironment, root } from './install.mjs'
import { ensureNginx } from './nginx.mjs'

ensureInstalled()
const chromium = await ensureChromium()
const nginx = ensureNginx()

const steps = [
  ['lint', 'npm', ['run', '--silent', 'lint']],
  ['types and build', 'npx', ['turbo', 'run', 'check', 'build', '--concurrency=2']],
  ['unit and integration tests', 'npx', ['turbo', 'run', 'test', '--concurrency=2']],
  ['browser tests', 'npm', ['run', '--silent', 'e2e', '-w', 'ui']],
]

let passed = 0
let failed = 0
for (const [name, command, args] of steps) {
  process.stdout.write(`\n== ${name}\n`)
  const { status, output } = await run(command, args)
  count(output)
  if (status !== 0) {
    process.stdout.write(`\n"${name}" failed.\n${passed} passed, ${Math.max(failed, 1)} failed\n`)
    process.exit(status ?? 1)
  }
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)

// The runners' own closing lines: `Tests  28 passed (28)` of Vitest, `12 passed (30.1s)` of Playwright.
function count(output) {
  const plain = output.replace(/\x1b\[[0-9;]*m/g, '')
  for (const [, rest] of plain.matchAll(/^\S*\s*(?:Tests\s+)?(\d+ (?:failed|passed)\b.*)$/gm)) {
    passed += Number(/(\d+) passed/.exec(rest)?.[1] ?? 0)
    failed += Number(/(\d+) failed/.exec(rest)?.[1] ?? 0)
  }
}

async function run(command, args) {
  const child = spawn(command, args, {
    cwd: root,
    env: {
      ...pinnedEnvironment(),
      VIGIE_CHROMIUM: chromium,
      VIGIE_NGINX: nginx,
      // Hundreds of hubs and commands are started: each compiles half as long with what the first has.
      NODE_COMPILE_CACHE: `${root}node_modules/.cache/node`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
  let output = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text) => {
    output += text
    process.stdout.write(text)
  })
  const status = await new Promise((resolve) => child.on('close', resolve))
  return { status, output }
}
