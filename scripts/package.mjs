// Owns `npm run package`: the agent as one executable that needs no Node, in dist/, for this platform or those that
// --target names (linux-x64, linux-arm64, darwin-x64, darwin-arm64, win-x64), with npm's Node for it or one of your own that --node
// names. With --deb the Debian packages of agent and hub
// as well, for this machine's architecture.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { buildDebianPackages } from './debian.mjs'
import { ensureInstalled, pinnedEnvironment, root } from './install.mjs'
import {
  isPinned,
  nodeInPackage,
  nodePackage,
  pinnedNode,
  run,
  thisTarget,
} from './pinned-node.mjs'

const TARGETS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win-x64']
const dist = join(root, 'dist')
const work = join(dist, 'work')
// What answers Windows' service control manager is C (agent/windows-service/service.c).
const WINDOWS_COMPILER = 'x86_64-w64-mingw32-gcc'
const isTty = process.stderr.isTTY

// As bin/vigie-agent.mjs starts the daemon, and why it does.
const EXEC_ARGV = [
  '--max-semi-space-size=1',
  '--no-opt',
  '--no-maglev',
  '--optimize-for-size',
  '--single-threaded',
]
// What postject looks for in a Node: see https://nodejs.org/api/single-executable-applications.html
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

ensureInstalled()
if (!isPinned) await run(import.meta.url)
else await packageAll(wantedOf(process.argv.slice(2)))

function wantedOf(args) {
  const options = {
    target: { type: 'string', multiple: true },
    node: { type: 'string' },
    deb: { type: 'boolean' },
  }
  let named
  let node
  let isDeb
  try {
    const { target = [thisTarget], deb = false, ...values } = parseArgs({ args, options }).values
    node = values.node
    isDeb = deb
    named = deb ? [...target, thisTarget] : target
  } catch (error) {
    return fail(`${error.message.split('\n')[0]}; see the first lines of scripts/package.mjs`)
  }
  const unknown = named.find((target) => !TARGETS.includes(target))
  if (unknown !== undefined) fail(`no target "${unknown}": there are ${TARGETS.join(', ')}`)
  const targets = [...new Set(named)]
  if (node !== undefined && targets.length > 1) fail('--node is of one --target')
  if (node !== undefined && !existsSync(node)) fail(`--node names ${node}, which is not there`)
  return { targets, node, isDeb }
}

async function packageAll({ targets, node: own, isDeb }) {
  mkdirSync(work, { recursive: true })
  const script = await step('one script of the agent and what it needs', bundle)
  for (const target of targets) {
    const node = own ?? (await nodeFor(target))
    const assets = target.startsWith('win')
      ? await step('its service of Windows', windowsService)
      : undefined
    const blob = await step('the script as Node keeps it', () => blobOf(script, target, assets))
    const file = `vigie-agent-${target}${target.startsWith('win') ? '.exe' : ''}`
    await step(file, () => inject(node, blob, file, target))
    await step(`${file}.gz`, () =>
      writeFileSync(join(dist, `${file}.gz`), gzipSync(readFileSync(join(dist, file)))),
    )
  }
  if (isDeb) await packageDebian()
  rmSync(work, { recursive: true })
  writeSums()
}

async function packageDebian() {
  await step('the page', () =>
    sh('npm', ['run', '--silent', 'build', '-w', 'ui'], { cwd: root, env: pinnedEnvironment() }),
  )
  try {
    for (const path of await buildDebianPackages(step)) {
      const name = path.slice(root.length)
      process.stdout.write(`${name}  ${(statSync(path).size / 1e6).toFixed(1)} MB\n`)
    }
  } catch (error) {
    fail(error.message)
  }
}

async function bundle() {
  const { rolldown } = await import('rolldown')
  const built = await rolldown({
    input: join(root, 'agent/src/main.ts'),
    platform: 'node',
    logLevel: 'warn',
  })
  const file = join(work, 'vigie-agent.cjs')
  await built.write({ file, format: 'cjs', codeSplitting: false, minify: 'dce-only' })
  await built.close()
  return file
}

/** The path of the target's Node, at the version that is pinned. */
async function nodeFor(target) {
  if (target === thisTarget) return pinnedNode
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const version = packages[`node_modules/${nodePackage(target)}`]?.version
  const another = 'get one from https://nodejs.org and name it with --node FILE'
  if (version === undefined) fail(`npm has no Node 24 for ${target}: ${another}`)
  if (version !== process.versions.node) {
    process.stderr.write(
      `  note: npm has Node ${version} for ${target}, and ${process.versions.node} is here; if one has holes that the other has not, ${another}\n`,
    )
  }
  return step(`Node ${version} for ${target}`, () => {
    const name = `${nodePackage(target)}@${version}`
    const packed = sh('npm', ['pack', '--silent', '--pack-destination', work, name], {
      env: pinnedEnvironment(),
    }).trim()
    const inside = `package/${nodeInPackage(target)}`
    sh('tar', ['-xzf', join(work, packed), '-C', work, inside])
    return join(work, inside)
  })
}

/** The program that install puts beside the agent on Windows, as a file that the executable carries. */
function windowsService() {
  const file = join(work, 'vigie-agent-service.exe')
  const source = join(root, 'agent/windows-service/service.c')
  const strict = ['-std=c11', '-Wall', '-Wextra', '-Werror']
  // Small, of nothing but what every Windows has, and the same bytes each time.
  const small = ['-Os', '-s', '-static', '-Wl,--no-insert-timestamp']
  if (spawnSync(WINDOWS_COMPILER, ['--version']).error) {
    fail(
      `${WINDOWS_COMPILER} is not here, which makes the service of Windows: install it (Debian: gcc-mingw-w64-x86-64, macOS: brew install mingw-w64)`,
    )
  }
  sh(WINDOWS_COMPILER, [...strict, ...small, '-o', file, source])
  return { 'vigie-agent-service.exe': file }
}

function blobOf(script, target, assets) {
  const output = join(work, `${target}.blob`)
  const config = join(work, `${target}.json`)
  const settings = {
    main: script,
    output,
    disableExperimentalSEAWarning: true,
    // Compiled code is of one kind of processor.
    useCodeCache: target === thisTarget,
    execArgv: EXEC_ARGV,
    // A monitor obeys its own settings, not what NODE_OPTIONS asks of every Node.
    execArgvExtension: 'none',
    ...(assets && { assets }),
  }
  writeFileSync(config, JSON.stringify(settings))
  // With the flags that it is to run with: compiled code is of them, too.
  sh(pinnedNode, [...EXEC_ARGV, '--experimental-sea-config', config])
  return output
}

async function inject(node, blob, file, target) {
  const path = join(dist, file)
  const { inject: injectInto } = await import('postject')
  copyFileSync(node, path)
  chmodSync(path, 0o755)
  const isMac = target.startsWith('darwin')
  // Its signature is of what it was; an own one follows, here or when it is installed there.
  if (isMac && process.platform === 'darwin') sh('codesign', ['--remove-signature', path])
  await injectInto(path, 'NODE_SEA_BLOB', readFileSync(blob), {
    sentinelFuse: FUSE,
    ...(isMac && { machoSegmentName: 'NODE_SEA' }),
  })
  if (isMac && process.platform === 'darwin') sh('codesign', ['--sign', '-', path])
}

// Of all that is there: other targets may have been built before.
function writeSums() {
  const files = readdirSync(dist).filter((name) => /^vigie-agent-[\w.-]+$/.test(name))
  const lines = files.sort().map((name) => {
    const content = readFileSync(join(dist, name))
    const sum = createHash('sha256').update(content).digest('hex')
    process.stdout.write(`dist/${name}  ${(content.length / 1e6).toFixed(1)} MB\n`)
    return `${sum}  ${name}\n`
  })
  writeFileSync(join(dist, 'SHA256SUMS'), lines.join(''))
}

async function step(what, make) {
  if (isTty) process.stderr.write(`  ... ${what}`)
  const made = await make()
  process.stderr.write(`${isTty ? '\r' : ''}  done ${what}\n`)
  return made
}

function sh(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: work, encoding: 'utf8', ...options })
  if (done.status === 0) return done.stdout
  const why = done.error?.message ?? done.stderr.trim().split('\n').at(-1)
  return fail(`${command} ${args[0]} failed: ${why}`)
}

function fail(message) {
  process.stderr.write(`npm run package: ${message}\n`)
  process.exit(1)
}
