// The real agent as a process, for the hub's tests.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { tempDirectory } from './test-hub.ts'

const AGENT = join(import.meta.dirname, '../../agent/bin/vigie-agent.mjs')

/** Joins a hub; `run` starts the daemon, as often as it is killed. */
export async function joinAgent(hubAddress: string, token: string) {
  const env = {
    ...process.env,
    VIGIE_AGENT_DATA: await tempDirectory(),
    VIGIE_LOG_LEVEL: process.env['VIGIE_TEST_LOG'] ?? 'error',
  }
  const agent = (...args: string[]) => {
    const child = spawn(process.execPath, [AGENT, ...args], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }
  const [status] = (await once(agent('join', hubAddress, token), 'exit')) as [number]
  expect(status).toBe(0)
  return {
    run: () => {
      const child = agent('run')
      const exit = once(child, 'exit') as Promise<[number | null]>
      return {
        /** Ends it by a signal; resolves with its exit status. */
        async end(signal: 'SIGTERM' | 'SIGKILL') {
          child.kill(signal)
          return (await exit)[0]
        },
      }
    },
  }
}
