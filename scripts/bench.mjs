// Owns `npm run bench`: every benchmark in turn, or those of the workspaces that are named, one JSON object a line on
// stdout, the machine first.
import { existsSync, readdirSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled, pinnedEnvironment, root, runOrExit } from './install.mjs'
import { pinnedNode } from './pinned-node.mjs'

ensureInstalled()
const env = { ...pinnedEnvironment(), VIGIE_CHROMIUM: await ensureChromium() }
runOrExit('npx', ['turbo', 'run', 'build'], { env, stdio: ['ignore', 2, 2] })
process.stdout.write(
  `${JSON.stringify({
    name: 'machine',
    value: cpus().length,
    unit: '{cpu}',
    better: 'none',
    note: `${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}`,
  })}\n`,
)
const workspaces =
  process.argv.length > 2 ? process.argv.slice(2) : ['shared', 'agent', 'hub', 'ui']
for (const workspace of workspaces) {
  for (const file of benchmarks(`${workspace}/bench`)) {
    process.stderr.write(`${file}\n`)
    runOrExit(pinnedNode, [file], { env })
  }
}

function benchmarks(folder) {
  if (!existsSync(root + folder)) return []
  const files = readdirSync(root + folder).filter((name) => name.endsWith('.bench.ts'))
  return files.sort().map((name) => `${folder}/${name}`)
}
