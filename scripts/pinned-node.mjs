// Owns which Node runs Vigie: the one pinned in package.json, whatever the machine's own is; its own one on systems that npm
// has no Node 24 for.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Systems as `npm run package` and Node name them: `linux-x64`, `win-x64`... */
export const thisTarget = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`

/** npm's package of a system's Node. */
export const nodePackage = (target) => `node-${target}`

/** Where a Node is in its package. */
export const nodeInPackage = (target) => `bin/node${target.startsWith('win') ? '.exe' : ''}`

/** Whether this process already runs a Node that takes TypeScript as it is. */
export const isPinned = Number(process.versions.node.split('.')[0]) >= 24

const { optionalDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

/** The pinned Node's executable, as `npm install` put it there. */
export const pinnedNode =
  optionalDependencies[nodePackage(thisTarget)] || !isPinned
    ? `${root}node_modules/${nodePackage(thisTarget)}/${nodeInPackage(thisTarget)}`
    : process.execPath

/**
 * Runs a TypeScript entry with this command's arguments: in this process where its Node can, else in the pinned Node,
 * whose signals and exit status become ours. `flags` are Node's own, and mean a process of their own: in the place of
 * this one where that can be.
 */
export async function run(entry, flags = []) {
  if (isPinned && flags.length === 0) {
    await import(entry)
    return
  }
  if (!isPinned && !existsSync(pinnedNode)) {
    const how = optionalDependencies[nodePackage(thisTarget)]
      ? `run "npm install" in ${root}`
      : 'npm has none for this system, https://nodejs.org may'
    process.stderr.write(`Vigie needs Node 24: ${how}\n`)
    process.exit(1)
  }
  const node = isPinned ? process.execPath : pinnedNode
  const args = [...flags, fileURLToPath(entry), ...process.argv.slice(2)]
  if (isPinned && process.execve) process.execve(node, [node, ...args], process.env)
  const child = spawn(node, args, { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    // A terminal's Ctrl-C reaches the child by itself, and twice would mean "at once" to it.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal))
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}
