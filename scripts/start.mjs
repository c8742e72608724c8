// Owns `npm start`: from a fresh clone to a hub that watches this machine, and one Ctrl-C that stops both cleanly.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ensureInstalled, pinnedEnvironment, root, runOrExit } from './install.mjs'
import { LEAN_ENVIRONMENT, LEAN_FLAGS } from '../hub/bin/lean.mjs'
import { pinnedNode } from './pinned-node.mjs'

ensureInstalled()
runOrExit('npx', ['turbo', 'run', 'build', '--output-logs=errors-only'], {
  stdio: ['ignore', 'ignore', 'inherit'],
})

const data = resolve(process.env.VIGIE_DATA ?? join(root, 'data'))
const agentData = resolve(process.env.VIGIE_AGENT_DATA ?? join(data, 'agent'))
const env = { ...pinnedEnvironment(), VIGIE_DATA: data, VIGIE_AGENT_DATA: agentData }
// This machine joins the hub that starts here, whichever one its commands speak to otherwise.
delete env.VIGIE_HUB
delete env.VIGIE_TOKEN
const agentEnv = { ...env }
// Levels that the agent has not.
if (['fatal', 'trace', 'silent'].includes(env.VIGIE_LOG_LEVEL)) delete agentEnv.VIGIE_LOG_LEVEL

/** What runs, in the order in which it stops: the agent says goodbye to a hub that is still there. */
const running = []
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0))

const hub = start('hub', [...LEAN_FLAGS, 'hub/bin/vigie.mjs', 'hub'], {
  ...LEAN_ENVIRONMENT,
  ...env,
})
const { url, signInLink } = await new Promise((resolve) => hub.once('message', resolve))
if (!existsSync(join(agentData, 'identity.json'))) joinThisMachine(url)
start('agent', ['agent/bin/vigie-agent.mjs', 'run'], agentEnv)

process.stdout.write(`
  Vigie watches this machine. Open the dashboard once with this link:

    ${signInLink ?? url}

  Later: ${url}   Stop: Ctrl-C   From elsewhere: ssh -L ${new URL(url).port}:${new URL(url).host} this-machine

`)

function start(name, args, env) {
  // Groups of their own: Ctrl-C reaches this process only, which then stops them in order.
  const child = spawn(pinnedNode, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  })
  child.on('exit', (code) => {
    running.splice(running.indexOf(child), 1)
    if (stopping) return
    process.stderr.write(`The ${name} ended by itself.\n`)
    void stop(code || 1)
  })
  running.unshift(child)
  return child
}

function joinThisMachine(url) {
  const enrolment = run(['hub/bin/vigie.mjs', 'enrol', '--json'], env)
  run(['agent/bin/vigie-agent.mjs', 'join', url, JSON.parse(enrolment).token], agentEnv)
}

function run(args, env) {
  const done = spawnSync(pinnedNode, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (done.status === 0) return done.stdout
  void stop(1)
  throw new Error(`${args.join(' ')} failed`)
}

async function stop(status) {
  if (stopping) return
  stopping = true
  for (const child of [...running]) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  process.exit(status)
}
