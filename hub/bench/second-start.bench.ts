// Measures the second `npm start`: from the command to a hub that answers, with everything installed and built.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const data = await mkdtemp(join(tmpdir(), 'vigie-start-'))
const port = await freePort()

try {
  await startOnce()
  const seconds = await startOnce()
  const figure = { name: 'start.second_s', value: Number(seconds.toFixed(2)), unit: 's' }
  const note = 'npm start to the first answer of /healthz'
  process.stdout.write(`${JSON.stringify({ ...figure, better: 'lower', note })}\n`)
} finally {
  await rm(data, { recursive: true, force: true })
}

async function startOnce(): Promise<number> {
  const startedMs = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
    detached: true,
    env: {
      ...process.env,
      VIGIE_DATA: data,
      VIGIE_LISTEN: `127.0.0.1:${port}`,
      VIGIE_CERT_SOURCES: 'none',
    },
  })
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`)
    await wait(20)
  }
  const seconds = (performance.now() - startedMs) / 1000
  // The agent joins after the hub listens; stopping before it did would leave half of a start.
  await wait(3000)
  const ended = once(child, 'exit')
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  await ended
  while (await answers()) await wait(20)
  return seconds
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
