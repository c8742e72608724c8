// Owns the file of the data directory that keeps what was last read of Debian's security data. It can be read again from Debian, so
// it is no part of the database nor of backups. It is always one whole reading: a line that says of what, and the data.
import { createHash } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { DebianPackages } from '../match/security-data/debian-fix.ts'
import { DataMark } from './debian-data-job.ts'

export const DEBIAN_DATA_FILE = 'debian-security-data'

const LINE_FEED = 0x0a
const MAX_TEXT_BYTES = 200_000_000

const compressed = promisify(zstdCompress)
const decompressed = promisify(zstdDecompress)

const count = Type.Integer({ minimum: 0 })
/** What is kept. */
export const KeptDebianData = Type.Object({
  /** Whose it is: of another address it is other data. */
  url: Type.String(),
  /** When the server last said that this is what it has, in epoch milliseconds. */
  readMs: count,
  mark: DataMark,
  packages: count,
  fixes: count,
})
export type KeptDebianData = Static<typeof KeptDebianData>
/** The first line: of a file that is damaged nothing is believed. */
const Heading = Type.Object({ sha256: Type.String(), kept: KeptDebianData })

/** Undefined where nothing of that address is kept, or what is damaged: then it is read again from Debian. */
export async function keptDebianData(
  dataDirectory: string,
  url: string,
): Promise<KeptDebianData | undefined> {
  return (await fileOf(dataDirectory, url))?.kept
}

/** The same with the data itself. */
export async function debianPackages(
  dataDirectory: string,
  url: string,
): Promise<{ readMs: number; packages: DebianPackages } | undefined> {
  const file = await fileOf(dataDirectory, url)
  if (!file) return undefined
  const bytes = await decompressed(file.payload, { maxOutputLength: MAX_TEXT_BYTES })
  const packages = JSON.parse(bytes.toString('utf8')) as DebianPackages
  return { readMs: file.kept.readMs, packages }
}

/** Replaces what is kept: all of it, or nothing. Rejects with the file system's errors. */
export async function keepDebianData(
  dataDirectory: string,
  kept: KeptDebianData,
  text: string,
): Promise<void> {
  await write(dataDirectory, kept, await compressed(text))
}

/** Keeps the data of `kept` and says when it was so last. Rejects with the file system's errors. */
export async function keepSameDebianData(
  dataDirectory: string,
  kept: KeptDebianData,
  readMs: number,
): Promise<void> {
  const file = await fileOf(dataDirectory, kept.url)
  if (file) await write(dataDirectory, { ...kept, readMs }, file.payload)
}

async function fileOf(dataDirectory: string, url: string) {
  try {
    const bytes = await readFile(join(dataDirectory, DEBIAN_DATA_FILE))
    const end = bytes.indexOf(LINE_FEED)
    const heading: unknown = JSON.parse(bytes.subarray(0, end).toString('utf8'))
    const payload = bytes.subarray(end + 1)
    if (!Value.Check(Heading, heading) || heading.sha256 !== hashOf(payload)) return undefined
    return heading.kept.url === url ? { kept: heading.kept, payload } : undefined
  } catch {
    // There is none yet, or one that is no such file.
    return undefined
  }
}

function hashOf(payload: Uint8Array): string {
  return createHash('sha256').update(payload).digest('hex')
}

async function write(
  dataDirectory: string,
  kept: KeptDebianData,
  payload: Uint8Array,
): Promise<void> {
  const path = join(dataDirectory, DEBIAN_DATA_FILE)
  const fresh = `${path}.new`
  const heading = JSON.stringify({ sha256: hashOf(payload), kept })
  try {
    const file = await open(fresh, 'w', 0o600)
    try {
      await file.writeFile(Buffer.concat([Buffer.from(`${heading}\n`), payload]))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(fresh, path)
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
}
