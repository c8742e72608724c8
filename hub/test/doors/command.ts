// The command `vigie` as people run it, for tests: a real process, its output and its exit status.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export const VIGIE = fileURLToPath(new URL('../../bin/vigie.mjs', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export function start(args: readonly string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [VIGIE, ...args], {
    env: {
      PATH: process.env['PATH'],
      VIGIE_LOG_LEVEL: 'silent',
      TZ: 'UTC',
      VIGIE_CERT_SOURCES: 'none',
      // What `npm run package` may have made is no part of a test.
      VIGIE_AGENTS: '/var/empty',
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  })
  child.stdin?.on('error', () => undefined)
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    ...output,
  }))
  return { child, output, ended }
}

export function run(
  args: readonly string[],
  environment: Record<string, string>,
  input = '',
): Promise<Ended> {
  const { child, ended } = start(args, environment)
  child.stdin?.end(input)
  return ended
}
