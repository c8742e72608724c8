// Owns `vigie backup`: one file from which this hub can be had again, written beside a hub that runs.
import { existsSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { AUTH_SECRET_FILE } from '../auth/auth-secret.ts'
import { OWN_ALIASES_FILE } from '../cert/match/product-aliases.ts'
import { HUB_KEY_FILE } from '../ingest/hub-identity.ts'
import { CONFIG_FILE, loadSettings } from '../settings.ts'
import { writeBackup, type BackedUpFile } from '../store/backup.ts'
import { diskRoom } from '../store/disk-room.ts'
import { DATABASE_FILE } from '../store/store.ts'
import { CommandError } from './command-error.ts'
import { progressBar } from './progress.ts'
import { withTemporary } from './temporary-file.ts'

/** What people write for a hub, before there is one even. */
export const WRITTEN_FILES = [CONFIG_FILE, OWN_ALIASES_FILE]

/** What makes a hub this one beside its database; what people write is there when someone did. */
export const HUB_FILES = [HUB_KEY_FILE, AUTH_SECRET_FILE, ...WRITTEN_FILES]

/** Resolves with the size of the file. Throws a {@link CommandError} when it stands there already. */
export async function backUp(file: string, { isForced = false } = {}): Promise<number> {
  const { dataDirectory } = loadSettings()
  const from = join(dataDirectory, DATABASE_FILE)
  const to = resolve(file)
  if (!existsSync(from)) {
    throw new CommandError(`there is no hub in ${dataDirectory}: set VIGIE_DATA to its directory`)
  }
  if (existsSync(to) && !isForced) {
    throw new CommandError(`${file} is there already: name another file, or add --force`)
  }
  await checkRoom(file, from)
  // The keys in it are the hub's own.
  process.umask(0o077)
  const bar = progressBar('Copying')
  try {
    return await withTemporary(to, async (part, signal) => {
      const files = await readFiles(dataDirectory)
      await writeBackup({ from, to: part, files }, (share) => bar.update(share, ''), signal)
      const { size } = await synced(part)
      await rename(part, to)
      await synced(dirname(to))
      return size
    })
  } finally {
    bar.stop()
  }
}

async function checkRoom(file: string, databasePath: string): Promise<void> {
  const { databaseBytes } = await diskRoom(databasePath)
  let freeBytes
  try {
    freeBytes = (await diskRoom(resolve(file))).freeBytes
  } catch (cause) {
    throw new CommandError(`${dirname(resolve(file))} is no directory: make it first`, { cause })
  }
  if (freeBytes > databaseBytes) return
  throw new CommandError(
    `${file} needs ${megabytes(databaseBytes)} and its disk has ${megabytes(freeBytes)}: write it to another disk`,
  )
}

async function readFiles(dataDirectory: string): Promise<BackedUpFile[]> {
  const files: BackedUpFile[] = []
  for (const name of HUB_FILES) {
    const path = join(dataDirectory, name)
    if (existsSync(path)) files.push({ name, content: await readFile(path) })
  }
  return files
}

/** Waits until a file, or what a directory lists, is on the disk. */
export async function synced(path: string): Promise<{ size: number }> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
    return await handle.stat()
  } finally {
    await handle.close()
  }
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
