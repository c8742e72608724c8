// Owns that no process outlives its run: the child, the browser's process group, and on Linux whatever else carries the run's
// own folder in its command line, wherever its parents have gone.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as after } from 'node:timers/promises'

const LOOKS = 20
const BETWEEN_LOOKS_MS = 100

export interface Leftovers {
  readonly child: ChildProcess
  /** Leaders of process groups. */
  readonly groups: Iterable<number>
  readonly folder: string
}

/** Resolves when they are gone; what cannot be killed for two seconds is left to the system. */
export async function endProcesses({ child, groups, folder }: Leftovers): Promise<void> {
  if (isRunning(child)) {
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
  }
  for (const pid of groups) killGroup(pid)
  for (let look = 0; look < LOOKS; look++) {
    const left = await processesOf(folder)
    if (left.length === 0) return
    for (const pid of left) kill(pid)
    await after(BETWEEN_LOOKS_MS)
  }
}

/** Processes whose command line names the folder; none where the system does not tell. */
export async function processesOf(folder: string): Promise<number[]> {
  if (process.platform !== 'linux') return []
  const names = await readdir('/proc')
  const found: number[] = []
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue
    // One that ends meanwhile has no command line.
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (line.includes(folder)) found.push(Number(name))
  }
  return found
}

function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null
}

function killGroup(pid: number): void {
  kill(process.platform === 'win32' ? pid : -pid)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
