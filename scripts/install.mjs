// Owns that node_modules holds what package-lock.json says. Runs before anything is installed, so on any Node >= 20.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinnedNode } from './pinned-node.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = fileURLToPath(new URL('../node_modules/.vigie-installed', import.meta.url))

/** Environment in which `node` is the pinned one, for this process's children. */
export function pinnedEnvironment() {
  return {
    ...process.env,
    PATH: [dirname(pinnedNode), `${root}node_modules/.bin`, process.env.PATH].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
  }
}

/** Installs when the lock file changed since the last install; says so, because it takes a while the first time. */
export function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex')
  if (readStamp() === wanted) return
  process.stderr.write('Installing packages (once)...\n')
  // No package's script runs at install.
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
  writeFileSync(stamp, wanted)
}

function npm(args) {
  const done = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (done.status === 0) return
  process.stderr.write('The packages could not be installed: see what npm says above.\n')
  process.exit(1)
}

function readStamp() {
  try {
    return readFileSync(stamp, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Runs a command to its end with the pinned Node first on PATH; exits with its status when it fails. */
export function runOrExit(command, args, options = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: pinnedEnvironment(),
    shell: process.platform === 'win32',
    ...options,
  })
  if (done.status !== 0) process.exit(done.status ?? 1)
}
