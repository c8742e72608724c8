// Owns which Node runs Vigie: the one pinned in package.json, whatever the machine's own is.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The pinned Node's executable, as `npm install` put it there. */
export const pinnedNode = fileURLToPath(
  new URL(
    `../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`,
    import.meta.url,
  ),
)

/** Whether this process already runs a Node that takes TypeScript as it is. */
export const isPinned = Number(process.versions.node.split('.')[0]) >= 24

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
    process.stderr.write(`Vigie needs Node 24: run "npm install" in ${root}\n`)
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
