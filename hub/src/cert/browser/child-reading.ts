// Owns the process that a reading runs in: Playwright and Chromium need hundreds of megabytes and see hostile pages, so they live
// in a process of their own, which is there for one run. Whatever happens to it, it is gone afterwards with all that it started
// and all that it wrote.
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROXY_VARIABLES } from '../company-proxy.ts'
import { endProcesses } from './leftover-processes.ts'

/** From being told to end until it is killed. */
const STOP_GRACE_MS = 4_000
const MAX_STDERR_LENGTH = 2_000
/** What the child may know of the hub's environment, which holds secrets. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'NODE_COMPILE_CACHE',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  ...PROXY_VARIABLES,
  'SystemRoot',
  'USERPROFILE',
  'LOCALAPPDATA',
  'APPDATA',
  'PROGRAMFILES',
]

export interface ChildReading {
  /** Where the run has its folder, which both the child and its browser see; that of the system unless set. */
  readonly parentFolder?: string | undefined
  /** The module that the child runs; it listens for the job and answers with one message. */
  readonly entry: URL
  readonly job: unknown
  /** After that long all is killed. */
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/** `answer` is what the child sent; else it was killed at the deadline, or died by itself. */
export type ChildOutcome =
  | { readonly is: 'answered'; readonly answer: unknown }
  | { readonly is: 'late' }
  | { readonly is: 'died'; readonly detail: string }

/** Rejects with the signal's reason when it is aborted. Nothing is left of the run when it settles. */
export async function readInChild(reading: ChildReading): Promise<ChildOutcome> {
  reading.signal.throwIfAborted()
  const folder = await mkdtemp(join(reading.parentFolder ?? tmpdir(), 'vigie-cert-'))
  const browsers = new Set<number>()
  const child = startChild(reading.entry, folder)
  try {
    const outcome = await outcomeOf(child, reading, browsers)
    reading.signal.throwIfAborted()
    return outcome
  } finally {
    await endProcesses({ child, groups: browsers, folder })
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

function startChild(entry: URL, folder: string): ChildProcess {
  const passedOn = PASSED_ON.map((name) => [name, process.env[name]] as const)
  return fork(entry, {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Ctrl-C is for the hub, which then ends its runs.
    detached: process.platform !== 'win32',
    env: {
      ...Object.fromEntries(passedOn.filter(([, value]) => value !== undefined)),
      // All that Playwright and Chromium write goes where it is removed with the run.
      TMPDIR: folder,
      TMP: folder,
      TEMP: folder,
      XDG_CONFIG_HOME: folder,
      XDG_CACHE_HOME: folder,
    },
  })
}

async function outcomeOf(
  child: ChildProcess,
  { job, deadlineMs, signal }: ChildReading,
  browsers: Set<number>,
): Promise<ChildOutcome> {
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-MAX_STDERR_LENGTH)
  })
  return await new Promise<ChildOutcome>((resolve) => {
    let answer: ChildOutcome | undefined
    const timers = [setTimeout(() => resolve({ is: 'late' }), deadlineMs)]
    const stop = (): void => {
      if (child.connected) child.send({ is: 'stop' }, () => undefined)
      timers.push(setTimeout(() => resolve({ is: 'late' }), STOP_GRACE_MS))
    }
    signal.addEventListener('abort', stop)
    child.on('message', (message) => {
      const { is, pid, answer: told } = message as { is: string; pid?: number; answer?: unknown }
      if (is === 'browser' && pid !== undefined) browsers.add(pid)
      // It ends by itself, when its browser is gone.
      if (is === 'answer') answer = { is: 'answered', answer: told }
    })
    child.on('error', ({ message }) => resolve({ is: 'died', detail: message }))
    child.on('exit', (code, by) => {
      const how = by ? `by ${by}` : `with ${code}`
      const last = stderr.trim().split('\n').at(-1) ?? ''
      resolve(answer ?? { is: 'died', detail: `the reading process ended ${how} ${last}`.trim() })
      for (const timer of timers) clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    })
    child.send({ is: 'job', job }, () => undefined)
  })
}
