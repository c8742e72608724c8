// The real agent as processes, for tests: started, listened to, gone when the test ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { TestHub } from './test-hub.ts'

export const BIN = fileURLToPath(new URL('../bin/vigie-agent.mjs', import.meta.url))
export const MACHINE_AGENT = fileURLToPath(new URL('./machine-agent.ts', import.meta.url))
export const SLOW_MACHINE_MS = 60_000

export async function place() {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-agent-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

export async function startHub(options = {}): Promise<TestHub> {
  const hub = await new TestHub(options).start()
  onTestFinished(() => hub.kill())
  return hub
}

export interface LogLine {
  readonly name: string
  readonly msg: string
  readonly code?: number
  readonly host?: string
  readonly spooledTicks?: number
  readonly beforeBytes?: number
  readonly afterBytes?: number
}

export function start(directory: string, args: string[], environment: Record<string, string> = {}) {
  return startProgram(directory, [BIN, ...args], environment)
}

export function startProgram(
  directory: string,
  args: string[],
  environment: Record<string, string>,
  program = process.execPath,
) {
  const child = spawn(program, args, {
    env: { ...process.env, VIGIE_AGENT_DATA: directory, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said.err += text.toString()))
  const exit = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    ...said,
  }))
  const log = () => linesOf(said.err)
  const logged = async (condition: (line: LogLine) => boolean) => {
    while (!log().some(condition)) await once(child.stderr, 'data')
  }
  return { child, exit, log, logged }
}

// The last line may not be whole yet.
export const linesOf = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as LogLine)

export const call = (directory: string, args: string[], environment?: Record<string, string>) =>
  start(directory, args, environment).exit

/** The seconds between the first tick and the last that a hub has neither got nor been told of as missing. */
export function missingIn(hub: TestHub): number[] {
  const times = new Set(hub.frames.flat())
  const gaps = hub.ofType('gap')
  const missing: number[] = []
  for (let timeMs = Math.min(...times); timeMs < Math.max(...times); timeMs += 1000) {
    const isTold = gaps.some(({ fromMs, toMs }) => fromMs < timeMs && timeMs < toMs)
    if (!times.has(timeMs) && !isTold) missing.push(timeMs)
  }
  return missing
}
