// Owns `vigie restore`: a data directory made of a backup, with the keys that agents and people know.
import { constants, createReadStream, createWriteStream, existsSync } from 'node:fs'
import { access, mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { takeDataDirectory } from '../data-directory.ts'
import { loadSettings } from '../settings.ts'
import { BadBackupError, checkBackup, takeFiles } from '../store/backup.ts'
import { diskRoom } from '../store/disk-room.ts'
import { NewerDatabaseError } from '../store/migrate.ts'
import { DATABASE_FILE } from '../store/store.ts'
import { HUB_FILES, megabytes, synced, WRITTEN_FILES } from './backup.ts'
import { CommandError } from './command-error.ts'
import { progressBar } from './progress.ts'
import { withTemporary } from './temporary-file.ts'

export interface Restored {
  readonly dataDirectory: string
  /** Where the files are now that stood there before, if any did. */
  readonly movedTo: string | undefined
}

/** Verifies first, writes then. Throws a {@link CommandError}; a hub that runs there is told by `takeDataDirectory`. */
export async function restore(file: string, { isForced = false } = {}): Promise<Restored> {
  const { dataDirectory } = loadSettings()
  await verify(file)
  // What is written is the hub's own.
  process.umask(0o077)
  const lock = await takeDataDirectory(dataDirectory)
  try {
    const standing = filesThere(dataDirectory)
    if (standing.some((name) => !WRITTEN_FILES.includes(name)) && !isForced) {
      throw new CommandError(
        `${dataDirectory} has a hub already (${standing.join(', ')}): set VIGIE_DATA to another directory, or add --force, which moves its files aside`,
      )
    }
    const path = join(dataDirectory, DATABASE_FILE)
    const movedTo = await withTemporary(path, async (part, signal) => {
      await copy(file, part, signal)
      const files = takeFiles(part)
      // What somebody wrote there for this hub stays, unless the backup has its own.
      const replaced = standing.filter(
        (name) => !WRITTEN_FILES.includes(name) || files.some((file) => file.name === name),
      )
      const aside = replaced.length > 0 ? await moveAside(dataDirectory, replaced) : undefined
      for (const { name, content } of files) {
        // Only what a hub keeps there: a backup that someone made up names no other place.
        if (!HUB_FILES.includes(name)) continue
        await writeFile(join(dataDirectory, name), content, { mode: 0o600, flush: true })
      }
      await synced(part)
      await rename(part, path)
      await synced(dataDirectory)
      return aside
    })
    return { dataDirectory, movedTo }
  } finally {
    lock.close()
  }
}

async function verify(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK)
    if (process.stderr.isTTY) process.stderr.write(`Checking ${file} ...\n`)
    checkBackup(file)
  } catch (error) {
    if (error instanceof BadBackupError) throw new CommandError(`${file} ${error.message}`)
    if (error instanceof NewerDatabaseError) throw new CommandError(`${file}: ${error.message}`)
    const { code, message } = error as NodeJS.ErrnoException
    throw new CommandError(
      code === 'ENOENT' ? `there is no ${file}` : `${file} cannot be read: ${message}`,
      { cause: error },
    )
  }
}

function filesThere(dataDirectory: string): string[] {
  const names = [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`, ...HUB_FILES]
  return names.filter((name) => existsSync(join(dataDirectory, name)))
}

async function copy(from: string, to: string, signal: AbortSignal): Promise<void> {
  const { size } = await stat(from)
  const { freeBytes } = await diskRoom(to)
  if (freeBytes < size) {
    throw new CommandError(
      `the backup takes ${megabytes(size)} and the disk has ${megabytes(freeBytes)}: make room, or set VIGIE_DATA to another disk`,
    )
  }
  const bar = progressBar('Restoring')
  let copied = 0
  const source = createReadStream(from, { highWaterMark: 2 ** 20 })
  source.on('data', (chunk) => {
    copied += chunk.length
    bar.update(copied / size, megabytes(copied))
  })
  try {
    await pipeline(source, createWriteStream(to, { mode: 0o600 }), { signal })
  } finally {
    bar.stop()
  }
}

async function moveAside(dataDirectory: string, names: readonly string[]): Promise<string> {
  const time = new Date().toISOString().replaceAll(':', '-')
  const directory = join(dataDirectory, `before-restore-${time}`)
  await mkdir(directory, { mode: 0o700 })
  for (const name of names) await rename(join(dataDirectory, name), join(directory, name))
  return directory
}
