// Owns reading files that somebody else writes: only true files, never more of them than a limit, and waiting for nobody.
import { constants } from 'node:fs'
import { open, opendir, type FileHandle } from 'node:fs/promises'

/** A package manager's list that is larger than any list is. */
export const MOST_BYTES = 64 * 1024 * 1024
/** Entries of one directory. */
export const MOST_ENTRIES = 40_000

/** The text of a file; undefined where there is none. Rejects for what is no file, or larger than the limit. */
export async function readBounded(path: string, mostBytes = MOST_BYTES) {
  // A pipe without a writer would hold up who opens it.
  const file = await unlessMissing(open(path, constants.O_RDONLY | constants.O_NONBLOCK))
  if (!file) return undefined
  try {
    if (!(await file.stat()).isFile()) throw new Error(`${path} is not a file`)
    return await readText(file, path, mostBytes)
  } finally {
    await file.close()
  }
}

// Read to its end rather than to the size that it had: what grows or says no size is bounded too.
async function readText(file: FileHandle, path: string, mostBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for (;;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(262_144) })
    if (bytesRead === 0) return Buffer.concat(parts).toString('utf8')
    length += bytesRead
    if (length > mostBytes) throw new Error(`${path} has more than ${mostBytes} bytes`)
    parts.push(buffer.subarray(0, bytesRead))
  }
}

export interface Entry {
  readonly name: string
  /** Links are neither. */
  readonly kind: 'file' | 'directory' | 'other'
}

/** What is in a directory, by name; undefined where there is none. Rejects for more entries than the limit. */
export async function listBounded(path: string, mostEntries = MOST_ENTRIES) {
  const directory = await unlessMissing(opendir(path))
  if (!directory) return undefined
  const entries: Entry[] = []
  for await (const entry of directory) {
    if (entries.length === mostEntries)
      throw new Error(`${path} has more than ${mostEntries} entries`)
    const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other'
    entries.push({ name: entry.name, kind })
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Undefined where there is nothing of that name; rejects for what is out of reach. */
export async function unlessMissing<Result>(opening: Promise<Result>): Promise<Result | undefined> {
  try {
    return await opening
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

/** The lines of a text, without an array of them all. */
export function* linesIn(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start)
    yield text.slice(start, end < 0 ? undefined : end)
    start = end < 0 ? text.length : end + 1
  }
}
