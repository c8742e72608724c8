// Owns a file's time under another name: however the command ends, what is half written does not stay.
import { rmSync } from 'node:fs'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Gives the work a name beside `path`, whose file is deleted when it fails or is interrupted. */
export async function withTemporary<T>(
  path: string,
  work: (temporaryPath: string, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const temporaryPath = `${path}.${process.pid}.part`
  const interruption = new AbortController()
  const remove = (): void => {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(temporaryPath + end, { force: true })
  }
  let received: NodeJS.Signals | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    received = signal
    interruption.abort()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  try {
    return await work(temporaryPath, interruption.signal)
  } catch (error) {
    remove()
    throw error
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal)
    // As if nobody had listened: whoever waits for this process sees why it ended.
    if (received) process.kill(process.pid, received)
  }
}
