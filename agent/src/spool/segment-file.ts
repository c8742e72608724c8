// Owns one segment that is being written: a file that only grows, on the disk for good at the latest after some seconds.
import { open, rename, unlink, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { encodeStart, encodeTable, encodeTick, type SegmentClock } from './segment.ts'
import type { SpooledTick } from './spooled-tick.ts'

/** The name says the segment's place in the order and by how much its ticks were moved since, if they were. */
const NAME = /^(\d{10})(?:\.moved(-?\d{1,16}))?\.spool$/
const SYNC_EVERY_MS = 10_000
const FULL_BYTES = 262_144

export interface SegmentName {
  readonly number: number
  /** Undefined: its ticks have the times in which they were written. */
  readonly movedMs: number | undefined
}

export function parseSegmentName(name: string): SegmentName | undefined {
  const [, number, moved] = NAME.exec(name) ?? []
  if (number === undefined) return undefined
  return { number: Number(number), movedMs: moved === undefined ? undefined : Number(moved) }
}

export function segmentPath(directory: string, { number, movedMs }: SegmentName): string {
  const moved = movedMs === undefined ? '' : `.moved${movedMs}`
  return join(directory, `${String(number).padStart(10, '0')}${moved}.spool`)
}

export class SegmentFile {
  readonly #handle: FileHandle
  readonly #tables = new Set<number>()
  #sizeBytes = 0
  #syncedMs: number

  private constructor(handle: FileHandle, nowMs: number) {
    this.#handle = handle
    this.#syncedMs = nowMs
  }

  /** Makes a new file. Rejects, and leaves none, where the disk does not take it. */
  static async create(path: string, clock: SegmentClock, nowMs: number): Promise<SegmentFile> {
    const file = new SegmentFile(await open(path, 'ax', 0o600), nowMs)
    try {
      await file.#write(encodeStart(clock))
      await syncDirectory(dirname(path))
      return file
    } catch (error) {
      await file.#handle.close()
      await unlink(path)
      throw error
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  get isFull(): boolean {
    return this.#sizeBytes >= FULL_BYTES
  }

  /** Appends the first of `ticks` until it is full, and returns how many. */
  async append(ticks: readonly SpooledTick[], nowMs: number): Promise<number> {
    const parts: Buffer[] = []
    let sizeBytes = this.#sizeBytes
    let count = 0
    for (const tick of ticks) {
      if (sizeBytes >= FULL_BYTES) break
      const isNew = !this.#tables.has(tick.table.revision)
      this.#tables.add(tick.table.revision)
      const part = isNew
        ? Buffer.concat([encodeTable(tick.table), encodeTick(tick)])
        : encodeTick(tick)
      parts.push(part)
      sizeBytes += part.length
      count++
    }
    await this.#write(Buffer.concat(parts))
    if (nowMs - this.#syncedMs < SYNC_EVERY_MS) return count
    this.#syncedMs = nowMs
    await this.#handle.datasync()
    return count
  }

  async close(): Promise<void> {
    try {
      await this.#handle.datasync()
    } finally {
      await this.#handle.close()
    }
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#handle.appendFile(bytes)
    this.#sizeBytes += bytes.length
  }
}

/** Gives a segment another name, durably. */
export async function renameSegment(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncDirectory(dirname(to))
}

// A name is durable only once its directory is; Windows cannot open one, and orders its writes by itself.
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
