// What a disk holds after a power cut: everything that was synced, and of the rest whatever it had come to write.

const HEADER_BYTES = 32
const SECTOR_BYTES = 512

type Operation =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly size: number }
  | { readonly kind: 'remove' }

/** One record of disk-log.c. `path` is of the file, or of the directory that was synced. */
export interface DiskRecord {
  readonly path: string
  readonly timeNs: bigint
  readonly change: Operation | undefined
  /** Of a sync: what was recorded before this number is on the disk. */
  readonly syncedBefore: number | undefined
}

const KINDS = { write: 1, truncate: 2, sync: 3, remove: 4 }

/** Reads a log of disk-log.c. A record that its process died in is left out. */
export function readDiskLog(log: Buffer): DiskRecord[] {
  const records: DiskRecord[] = []
  let at = 0
  while (at + HEADER_BYTES <= log.length) {
    const kind = log.readUInt32LE(at)
    const pathAt = at + HEADER_BYTES
    const dataAt = pathAt + log.readUInt32LE(at + 4)
    const endAt = dataAt + log.readUInt32LE(at + 8)
    if (endAt > log.length) break
    const offset = Number(log.readBigUInt64LE(at + 16))
    const change: Operation | undefined =
      kind === KINDS.write
        ? { kind: 'write', offset, bytes: log.subarray(dataAt, endAt) }
        : kind === KINDS.truncate
          ? { kind: 'truncate', size: offset }
          : kind === KINDS.remove
            ? { kind: 'remove' }
            : undefined
    records.push({
      path: log.toString('utf8', pathAt, dataAt),
      timeNs: log.readBigUInt64LE(at + 24),
      change,
      syncedBefore: kind === KINDS.sync ? offset : undefined,
    })
    at = endAt
  }
  return records
}

interface File {
  readonly durable: FileImage
  /** A new file is not found after a cut unless its directory was synced since, whatever was synced of itself. */
  isNew: boolean
  /** What was done since and not synced, with its place in the log. */
  pending: { readonly index: number; readonly change: Operation }[]
}

/** Plays a log back, and makes the disks that a cut may leave at the place that it has come to. */
export class LossyDisk {
  readonly #files = new Map<string, File>()
  readonly #directory: string
  readonly #obeysSync: boolean
  #index = 0

  /** `contents` of a directory is on the disk when the log begins. A disk that does not obey syncs loses what was synced. */
  constructor(directory: string, contents: ReadonlyMap<string, Buffer>, { obeysSync = true } = {}) {
    this.#directory = directory
    this.#obeysSync = obeysSync
    for (const [path, bytes] of contents) {
      this.#files.set(path, { durable: FileImage.of(bytes), isNew: false, pending: [] })
    }
  }

  play({ path, change, syncedBefore }: DiskRecord): void {
    const index = this.#index++
    if (change) this.#file(path).pending.push({ index, change })
    if (syncedBefore === undefined || !this.#obeysSync) return
    if (path === this.#directory) for (const file of this.#files.values()) file.isNew = false
    else this.#sync(this.#file(path), syncedBefore)
  }

  /** Of each file its bytes, or undefined when it is not there. `chance` gives numbers from 0 to 1. */
  cut(chance: () => number): Map<string, Buffer | undefined> {
    return new Map(
      [...this.#files].map(([path, { durable, isNew, pending }]) => {
        if (isNew && chance() < 0.5) return [path, undefined]
        const image = durable.copy()
        for (const { change } of pending) {
          const luck = chance()
          if (luck < 0.4) image.apply(change)
          else if (luck < 0.7 && change.kind === 'write') image.tear(change, chance)
        }
        return [path, image.bytes]
      }),
    )
  }

  #sync(file: File, before: number): void {
    for (const { change } of file.pending.filter(({ index }) => index < before)) {
      file.durable.apply(change)
    }
    file.pending = file.pending.filter(({ index }) => index >= before)
  }

  #file(path: string): File {
    const known = this.#files.get(path)
    if (known) return known
    const made = { durable: new FileImage(), isNew: true, pending: [] }
    this.#files.set(path, made)
    return made
  }
}

class FileImage {
  #room = Buffer.alloc(0)
  #size: number | undefined

  static of(bytes: Buffer): FileImage {
    const image = new FileImage()
    image.#room = Buffer.from(bytes)
    image.#size = bytes.length
    return image
  }

  get bytes(): Buffer | undefined {
    return this.#size === undefined ? undefined : this.#room.subarray(0, this.#size)
  }

  copy(): FileImage {
    return this.bytes ? FileImage.of(this.bytes) : new FileImage()
  }

  apply(change: Operation): void {
    switch (change.kind) {
      case 'write':
        this.#grow(change.offset + change.bytes.length)
        change.bytes.copy(this.#room, change.offset)
        return
      case 'truncate':
        this.#grow(change.size)
        this.#room.fill(0, change.size)
        this.#size = change.size
        return
      case 'remove':
        this.#size = undefined
        this.#room.fill(0)
    }
  }

  /** Some sectors of a write, and others not. */
  tear({ offset, bytes }: Extract<Operation, { kind: 'write' }>, chance: () => number): void {
    for (let at = 0; at < bytes.length;) {
      const end = Math.min(bytes.length, at + SECTOR_BYTES - ((offset + at) % SECTOR_BYTES))
      const sector = { kind: 'write', offset: offset + at, bytes: bytes.subarray(at, end) } as const
      if (chance() < 0.5) this.apply(sector)
      at = end
    }
  }

  #grow(size: number): void {
    if (this.#room.length < size) {
      const larger = Buffer.alloc(Math.max(size, this.#room.length * 2))
      this.#room.copy(larger)
      this.#room = larger
    }
    this.#size = Math.max(this.#size ?? 0, size)
  }
}
