// Owns the systemd units that have failed: the one thing that has no file to read and costs a process, twice a minute.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'

const DEADLINE_MS = 5000
const MOST = 256
const ARGUMENTS = [
  'list-units',
  '--state=failed',
  '--plain',
  '--no-legend',
  '--no-pager',
  '--full',
  '--all',
]

/** Whether systemd runs this machine (man 3 sd_booted). */
export function hasSystemd(root: string): boolean {
  return existsSync(`${root}run/systemd/system`)
}

/** The names of the failed units, sorted. Rejects when systemd does not answer in 5 s. */
export function readFailedUnits(): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const options = { timeout: DEADLINE_MS, env: { ...process.env, LC_ALL: 'C' } }
    execFile('systemctl', ARGUMENTS, options, (cause, stdout) => {
      if (cause) reject(new Error('systemctl does not answer', { cause }))
      else resolve(parseUnits(stdout))
    })
  })
}

/** The first field of each line. */
export function parseUnits(listed: string): string[] {
  return listed
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[0]?.slice(0, 256) ?? '')
    .filter((unit) => unit !== '')
    .sort()
    .slice(0, MOST)
}
