// Owns `vigie import`: everything is read, checked and packed first, then written in one transaction or not at all.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CommandError } from './command-error.ts'
import { fileSource } from './file-source.ts'
import { withHubFiles, type HubFiles } from './hub-files.ts'
import { prepareHour, writeHours, type ReadyHour } from './import-hours.ts'
import { bad, IMPORT_LIMITS, TickImport } from './imported-ticks.ts'
import { namedHost } from './named-host.ts'
import { progressBar } from './progress.ts'
import { keepHeapSmall } from './small-heap.ts'
import { LineTooLongError, linesOf } from './text-lines.ts'

export interface ImportSummary {
  readonly hostName: string
  readonly ticks: number
  /** Left out, because they are older than what is kept. */
  readonly tooOld: number
}

/** `path` is a file, or `-` for standard input; plain or gzip, whatever its name. */
export function importTicks(
  written: string,
  path: string,
  hub: string | undefined,
): Promise<ImportSummary> {
  const { VIGIE_HUB, VIGIE_TOKEN } = process.env
  if (hub !== undefined || VIGIE_HUB || VIGIE_TOKEN) {
    throw new CommandError(
      'import works on the machine of the hub, on its data directory: leave out --hub, VIGIE_HUB and VIGIE_TOKEN',
      { exitCode: 2 },
    )
  }
  keepHeapSmall()
  return withHubFiles(async (files) => {
    const host = namedHost(await fileSource(files).hosts(), written)
    const nowMs = Date.now()
    const keptFromMs = nowMs - files.settings.retentionMs
    const ticks = new TickImport({ keptFromMs, nowMs, intervalMs: host.intervalMs })
    const hours = await readHours(path, ticks, { store: files.store, hostId: host.id })
    if (ticks.ticks + ticks.tooOld === 0) throw new CommandError(`${path} has no ticks`)
    const progress = progressBar('writing')
    try {
      await writeHours(files.store.db, hours, (count) =>
        progress.update(count / hours.length, `${count} of ${hours.length} hours`),
      )
    } finally {
      progress.stop()
    }
    return { hostName: host.name, ticks: ticks.ticks, tooOld: ticks.tooOld }
  })
}

/** Reads and prepares; writes nothing. */
async function readHours(
  path: string,
  ticks: TickImport,
  { store, hostId }: Pick<HubFiles, 'store'> & { hostId: number },
): Promise<ReadyHour[]> {
  const hours: ReadyHour[] = []
  const sizeBytes = path === '-' ? 0 : await sizeOf(path)
  const progress = progressBar('reading')
  const file: Readable = path === '-' ? process.stdin : createReadStream(path)
  let readBytes = 0
  const bytes = async function* (): AsyncGenerator<Buffer, void> {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      readBytes += chunk.length
      yield chunk
    }
  }
  const prepare = async (hour: ReturnType<TickImport['finish']>): Promise<void> => {
    if (!hour) return
    hours.push(await prepareHour(store.db, { hostId, hourMs: hour.hourMs }, hour.runs))
    progress.update(sizeBytes > 0 ? readBytes / sizeBytes : 0, `${ticks.ticks} ticks`)
  }
  try {
    for await (const lines of linesOf(plainOf(bytes()), IMPORT_LIMITS.lineBytes)) {
      for (const line of lines) await prepare(ticks.take(line))
    }
    await prepare(ticks.finish())
    return hours
  } catch (error) {
    throw readingError(error, path)
  } finally {
    progress.stop()
    file.destroy()
  }
}

/** The first two bytes of gzip (RFC 1952, section 2.3.1); no line begins so. */
const GZIP = Buffer.from([0x1f, 0x8b])

async function* plainOf(bytes: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer> {
  const begun = await beginning(bytes)
  const all = async function* (): AsyncGenerator<Buffer> {
    yield begun
    yield* bytes
  }
  if (!begun.subarray(0, GZIP.length).equals(GZIP)) yield* all()
  // Whoever reads what comes out hears of an error, too.
  else yield* pipeline(Readable.from(all()), createGunzip(), () => undefined)
}

/** As much as tells what it is: a pipe may bring it in the smallest pieces. */
async function beginning(bytes: AsyncGenerator<Buffer, void>): Promise<Buffer> {
  let begun = Buffer.alloc(0)
  while (begun.length < GZIP.length) {
    const next = await bytes.next()
    if (next.done) break
    begun = Buffer.concat([begun, next.value])
  }
  return begun
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    throw readingError(error, path)
  }
}

function readingError(error: unknown, path: string): Error {
  if (error instanceof LineTooLongError) {
    return bad(error.number, `is longer than ${IMPORT_LIMITS.lineBytes} bytes`)
  }
  const { code } = error as NodeJS.ErrnoException
  const says = (what: string) => new CommandError(`${path} ${what}`, { cause: error })
  if (code === 'ENOENT') return says('does not exist')
  if (code === 'EACCES') return says('cannot be read: permission denied')
  if (code === 'EISDIR') return says('is a directory')
  if (code === 'Z_BUF_ERROR') return says('ends too early: it was cut; nothing was imported')
  if (code?.startsWith('Z_')) return says('is damaged: it is no whole gzip; nothing was imported')
  return error as Error
}
