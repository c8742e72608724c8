// The hub as a process of its own, as people run it: started, killed without warning, stopped cleanly.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { LEAN_ENVIRONMENT, LEAN_FLAGS } from '../bin/lean.mjs'
import { systemClock } from '../src/clock.ts'
import { createEnrolments } from '../src/ingest/enrolments.ts'
import { loadHubIdentity } from '../src/ingest/hub-identity.ts'
import { openStore } from '../src/store/store.ts'

/** What people run. */
const HUB = [join(import.meta.dirname, '../bin/vigie.mjs'), 'hub']
/** A hub whose keeper loses no time. */
export const EAGER_HUB = [join(import.meta.dirname, 'eager-hub.ts')]

export interface HubProcess {
  readonly address: string
  readonly pid: number
  /** Ends it as a power cut would, and resolves when it is gone. */
  kill(): Promise<void>
  /** Asks it to stop; resolves with its exit status. */
  stop(): Promise<number | null>
}

export interface HubProcessOptions {
  /** What is run, with its arguments; `vigie hub` when left out. */
  readonly entry?: readonly string[]
  /** A command in front of it that becomes it, such as `nsenter` with its options. */
  readonly through?: readonly string[]
}

/** Starts a hub, on a free port unless it is told which. Whoever starts it ends it. */
export async function forkHub(
  dataDirectory: string,
  listen = '127.0.0.1:0',
  environment: NodeJS.ProcessEnv = {},
  { entry = HUB, through = [] }: HubProcessOptions = {},
): Promise<HubProcess> {
  const settings = {
    VIGIE_LISTEN: listen,
    VIGIE_LOG_LEVEL: 'error',
    VIGIE_DATA: dataDirectory,
    // No test reads a site of others.
    VIGIE_CERT_SOURCES: 'none',
  }
  const [command = process.execPath, ...args] = [
    ...through,
    process.execPath,
    ...LEAN_FLAGS,
    ...entry,
  ]
  const child = spawn(command, args, {
    env: { ...LEAN_ENVIRONMENT, ...process.env, ...settings, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const end = (signal: NodeJS.Signals) => ended(child, signal)
  const first = await Promise.race([once(child, 'message'), once(child, 'exit')])
  const [message] = first as [{ url: string } | number | null]
  if (typeof message !== 'object' || message === null) {
    throw new Error(`the hub did not start: exit status ${message}`)
  }
  return {
    address: message.url,
    pid: child.pid ?? 0,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exit = once(child, 'exit') as Promise<[number | null]>
  child.kill(signal)
  return (await exit)[0]
}

/** Makes join tokens on a data directory, whether its hub runs or not. */
export async function invite(dataDir: string, count: number): Promise<string[]> {
  const store = await openStore({ dataDir })
  const { fingerprint } = await loadHubIdentity(dataDir)
  const enrolments = createEnrolments({
    keeper: store.enrolments,
    hubFingerprint: fingerprint,
    clock: systemClock,
  })
  const tokens: string[] = []
  for (let index = 0; index < count; index++) tokens.push((await enrolments.create({})).token)
  await store.close()
  return tokens
}
