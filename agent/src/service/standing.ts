// Owns what a running agent says of itself to `vigie-agent status`: a small file, beside the service's other run-time files.
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseJsonObject } from '../json-object.ts'

export interface Standing {
  readonly pid: number
  readonly version: string
  readonly startedMs: number
  readonly writtenMs: number
  readonly hub: string
  readonly host: string
  /** Since when the hub has it, or has not, in epoch milliseconds. */
  readonly isConnected: boolean
  readonly sinceMs: number
  /** Null: none since the start. */
  readonly lastAckMs: number | null
  readonly spooledTicks: number
  readonly intervalMs: number
  /** What it does less of to stay within its budget; 0 is nothing (see budget/pace.ts). */
  readonly slowdown: number
  /** Its resident memory, where that is over its budget and nothing makes it less; older agents do not say. */
  readonly overMemoryBytes?: number | null
}

const FILE = 'standing.json'
/** A file in memory costs nothing; on a disk it is to wake none that sleeps. */
const EVERY_MS = { memory: 2_000, disk: 60_000 }

export interface StandingPlace {
  readonly directory: string
  readonly everyMs: number
}

/** `RUNTIME_DIRECTORY` is set by systemd (man 5 systemd.exec) and by our script for OpenRC. */
export function standingPlace(
  environment: NodeJS.ProcessEnv,
  dataDirectory: string,
): StandingPlace {
  const runtime = environment['RUNTIME_DIRECTORY']
  return runtime
    ? { directory: runtime, everyMs: EVERY_MS.memory }
    : { directory: dataDirectory, everyMs: EVERY_MS.disk }
}

export function writeStanding({ directory }: StandingPlace, standing: Standing): void {
  const path = join(directory, FILE)
  writeFileSync(`${path}.tmp`, `${JSON.stringify(standing)}\n`)
  // Whatever the umask is: status is no secret, and is asked for by people who are not root.
  chmodSync(`${path}.tmp`, 0o644)
  renameSync(`${path}.tmp`, path)
}

/** What is said of memory that is over its budget and cannot be less. */
export function overMemory(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB, over its budget, and it can do with no less`
}

export function forgetStanding({ directory }: StandingPlace): void {
  rmSync(join(directory, FILE), { force: true })
}

/** Undefined where there is none, or none that can be read. */
export function readStanding(directory: string): Standing | undefined {
  try {
    const value = parseJsonObject(readFileSync(join(directory, FILE), 'utf8'))
    return typeof value?.['pid'] === 'number' ? (value as unknown as Standing) : undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR') return undefined
    throw error
  }
}
