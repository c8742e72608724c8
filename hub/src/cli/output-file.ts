// Owns files that commands write: they appear when they are whole, or not at all.
import { createWriteStream, rmSync, type WriteStream } from 'node:fs'
import { realpath, rename, stat } from 'node:fs/promises'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { CommandError } from './command-error.ts'

export interface OutputFile {
  readonly stream: WriteStream
  /** Resolves when the whole file stands under its name. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  abandon(): void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Opens a file beside `path` that takes its name at the end; a device or a pipe is written to as it is, for it must stay
 * what it is. Throws a {@link CommandError} when it cannot be written.
 */
export async function openOutput(path: string): Promise<OutputFile> {
  const target = await targetOf(path)
  return target.isReplaced ? openReplacing(target.path) : openInPlace(target.path)
}

async function targetOf(path: string): Promise<{ path: string; isReplaced: boolean }> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw Object.assign(new Error(path), { code: 'EISDIR' })
    // The file that a link leads to is replaced, and not the link.
    return { path: await realpath(path), isReplaced: found.isFile() }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { path, isReplaced: true }
    throw cannotWrite(path, cause)
  }
}

async function openInPlace(path: string): Promise<OutputFile> {
  const stream = createWriteStream(path, { flags: 'r+' })
  try {
    await once(stream, 'open')
  } catch (cause) {
    throw cannotWrite(path, cause)
  }
  return {
    stream,
    async finish() {
      stream.end()
      await finished(stream)
    },
    abandon: () => giveUp(stream),
  }
}

async function openReplacing(path: string): Promise<OutputFile> {
  const temporary = `${path}.${process.pid}.part`
  const remove = (): void => rmSync(temporary, { force: true })
  const onSignal = (signal: NodeJS.Signals): void => {
    remove()
    release()
    // As if nobody had listened: whoever waits for this process sees why it ended.
    process.kill(process.pid, signal)
  }
  const release = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  const stream = createWriteStream(temporary, { flags: 'wx' })
  try {
    await once(stream, 'open')
  } catch (cause) {
    release()
    throw cannotWrite(path, cause)
  }
  return {
    stream,
    async finish() {
      try {
        stream.end()
        await finished(stream)
        await rename(temporary, path)
      } catch (cause) {
        remove()
        throw cannotWrite(path, cause)
      } finally {
        release()
      }
    },
    abandon() {
      giveUp(stream)
      remove()
      release()
    },
  }
}

// What was being written fails then, and nobody waits for it.
function giveUp(stream: WriteStream): void {
  stream.on('error', () => undefined)
  stream.destroy()
}

function cannotWrite(path: string, cause: unknown): CommandError {
  const { code } = cause as NodeJS.ErrnoException
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'its directory does not exist',
    EACCES: 'permission denied',
    ENOSPC: 'the disk is full',
    EISDIR: 'it is a directory',
  }
  return new CommandError(`cannot write ${path}: ${reasons[code ?? ''] ?? String(cause)}`, {
    cause,
  })
}
