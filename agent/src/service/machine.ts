// Owns what installing does to a machine: where its files are, and the programs of the system that it asks.
import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'

export interface Answer {
  /** Null: the program is not there, or did not end in time. */
  readonly status: number | null
  readonly out: string
  readonly err: string
}

export interface Machine {
  readonly platform: NodeJS.Platform
  /** `/`; another directory in tests. */
  readonly root: string
  readonly isAdministrator: boolean
  /** Asks a program, by its name, without a shell; a failure is an answer. */
  ask(program: string, args: readonly string[]): Promise<Answer>
}

// Stopping flushes for some seconds; a disk may be slow.
const DEADLINE_MS = 120_000

export const thisMachine: Machine = {
  platform: process.platform,
  root: '/',
  get isAdministrator() {
    if (process.platform !== 'win32') return process.getuid?.() === 0
    // The settings of LocalService, which a shell may read only when it has an administrator's rights.
    const asked = spawnSync('reg.exe', ['query', 'HKU\\S-1-5-19'], { stdio: 'ignore' })
    return asked.status === 0
  },
  ask: askProgram,
}

export function askProgram(program: string, args: readonly string[]): Promise<Answer> {
  const options = {
    timeout: DEADLINE_MS,
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C', PATH: SEARCHED },
  } as const
  return new Promise((resolve) => {
    execFile(program, args, options, (cause, out, err) => {
      const status = cause ? (typeof cause.code === 'number' ? cause.code : null) : 0
      resolve({ status, out, err })
    })
  })
}

// `su` and some sudoers leave the administrator's programs out of it.
const SEARCHED =
  process.platform === 'win32'
    ? process.env['PATH']
    : [process.env['PATH'], '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'].join(':')

/** A path of the machine, as this process reaches it. */
export function at({ root }: Machine, path: string): string {
  return root === '/' ? path : join(root, path)
}

/** Everything is said on a line of its own, as it is done. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The last line that a program said of why it failed. */
export function reasonOf({ out, err, status }: Answer): string {
  const said = `${out}\n${err}`.trim().split('\n').at(-1)?.trim()
  return said || (status === null ? 'it is not there, or does not end' : `exit status ${status}`)
}
