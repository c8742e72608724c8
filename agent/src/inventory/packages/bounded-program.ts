// Owns asking a program of the system for a list: by its path, without a shell, within a time and a size.
import { execFile } from 'node:child_process'
import { MOST_BYTES } from './bounded-files.ts'

const DEADLINE_MS = 40_000

/** What a program prints. Rejects when it fails, is not there, says too much or does not end in time. */
export function outputOf(path: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const options = {
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_BYTES,
    windowsHide: true,
    env,
  } as const
  return new Promise<string>((resolve, reject) => {
    execFile(path, args, options, (cause, stdout) => {
      if (cause) reject(new Error(`${path} gave no list`, { cause }))
      else resolve(stdout)
    })
  })
}
