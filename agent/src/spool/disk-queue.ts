// Owns the ticks on the disk: segments in order, written at one end and read at the other. Every operation waits for the
// one before, so that none meets another in the middle; none is waited for by the one who samples.
import { mkdir, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock/clock.ts'
import { readSegment, type SegmentClock } from './segment.ts'
import {
  parseSegmentName,
  renameSegment,
  SegmentFile,
  segmentPath,
  type SegmentName,
} from './segment-file.ts'
import { mergedGap, movedTick, type Gap, type SpooledTick } from './spooled-tick.ts'

export interface DiskLimits {
  readonly maxTicks: number
  readonly maxBytes: number
}

export interface DiskQueueOptions {
  readonly directory: string
  readonly limits: DiskLimits
  readonly stepMs: number
  readonly clock: Clock
  readonly logger: { warn(details: object, message: string): void }
}

/** A segment as it was read. */
export interface LoadedSegment {
  readonly number: number
  readonly ticks: readonly SpooledTick[]
  /** How many of them, from the first on, the hub has acknowledged. */
  readonly acknowledged: number
}

interface Segment {
  readonly number: number
  /** Its file. */
  path: string
  /** By how much its ticks were moved; undefined as long as they have the times in which they were written. */
  movedMs: number | undefined
  clock: SegmentClock | undefined
  /** Written by this process. */
  readonly isOurs: boolean
  sizeBytes: number
  ticks: number
  acknowledged: number
}

export class DiskQueue {
  readonly #options: DiskQueueOptions
  #segments: Segment[] = []
  #file: SegmentFile | undefined
  #nextNumber = 1
  #isScanned = false
  #last: Promise<unknown>

  /** Looks through what earlier processes have left, and takes up the rest of the work when it has. */
  constructor(options: DiskQueueOptions) {
    this.#options = options
    this.#last = this.#scan()
      .catch((error: unknown) => this.#say(error, 'cannot be looked through'))
      .finally(() => (this.#isScanned = true))
  }

  /** Ticks that are here and not acknowledged. */
  get count(): number {
    return this.#segments.reduce((sum, { ticks, acknowledged }) => sum + ticks - acknowledged, 0)
  }

  /** Whether there may be a segment behind the one numbered `after`. */
  hasMore(after: number): boolean {
    return !this.#isScanned || (this.#segments.at(-1)?.number ?? 0) > after
  }

  /** Writes ticks, stamped by `clock`, and says what had to make room. Rejects when the disk did not take all of them. */
  append(ticks: readonly SpooledTick[], clock: SegmentClock): Promise<Gap | undefined> {
    return this.#inTurn(async () => {
      for (let at = 0; at < ticks.length;) at += await this.#appendSome(ticks.slice(at), clock)
      return this.#makeRoom()
    })
  }

  /** Reads the first segment behind the one numbered `after`, or returns undefined when there is none. */
  load(after: number): Promise<LoadedSegment | undefined> {
    return this.#inTurn(async () => {
      for (const segment of this.#segments.filter(({ number }) => number > after)) {
        try {
          if (segment === this.#segments.at(-1)) await this.#roll()
          const ticks = await this.#ticksOf(segment)
          const { number, acknowledged } = segment
          if (ticks.length > acknowledged) return { number, ticks, acknowledged }
          await this.#remove(segment)
        } catch (error) {
          this.#say(error, 'cannot be read')
        }
      }
      return undefined
    })
  }

  /** The first `count` ticks of a segment are the hub's now; a segment without any others goes. */
  acknowledge(number: number, count: number): void {
    const segment = this.#segments.find((one) => one.number === number)
    if (!segment) return
    segment.acknowledged = count
    if (segment.acknowledged < segment.ticks) return
    void this.#inTurn(() => this.#remove(segment))
  }

  /**
   * The clock was set: what this process wrote moves by `shiftMs`. Where that is the hub's clock for the first time, what
   * earlier processes of this boot wrote by the machine's own moves too.
   */
  settle(shiftMs: number, hubs: SegmentClock | undefined): Promise<void> {
    return this.#inTurn(async () => {
      await this.#roll()
      for (const segment of this.#segments) {
        if (segment.isOurs) await this.#move(segment, shiftMs)
        else if (hubs && segment.clock && !segment.clock.isHubs && segment.movedMs === undefined) {
          if (segment.clock.bootId !== hubs.bootId) continue
          const { stepMs } = this.#options
          await this.#move(segment, round(hubs.leadMs - segment.clock.leadMs, stepMs))
        }
      }
    })
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#roll())
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }

  async #scan(): Promise<void> {
    for (const name of (await namesIn(this.#options.directory)).sort()) {
      const parsed = parseSegmentName(name)
      if (!parsed) continue
      this.#nextNumber = Math.max(this.#nextNumber, parsed.number + 1)
      try {
        await this.#take(name, parsed)
      } catch (error) {
        this.#say(error, `has ${name}, which cannot be read`)
      }
    }
  }

  /** Takes over what an earlier process wrote. */
  async #take(name: string, parsed: SegmentName): Promise<void> {
    const { directory, logger } = this.#options
    const path = join(directory, name)
    const bytes = await readFile(path)
    const content = readSegment(bytes)
    if (!content) {
      logger.warn({ name }, 'a file in the spool is of another program: left alone')
      return
    }
    const { clock, ticks, damages } = content
    if (damages > 0) {
      logger.warn({ name, damages }, 'a file in the spool is damaged: what is whole is sent')
    }
    const size = { sizeBytes: bytes.length, ticks: ticks.length, acknowledged: 0 }
    this.#segments.push({ ...parsed, ...size, path, clock, isOurs: false })
  }

  /** Appends as many as the segment has room for, one at least. */
  async #appendSome(ticks: readonly SpooledTick[], clock: SegmentClock): Promise<number> {
    const nowMs = this.#options.clock.monotonicMs()
    const file = (this.#file ??= await this.#begin(clock, nowMs))
    const segment = this.#segments.at(-1)
    let count
    try {
      count = await file.append(ticks, nowMs)
    } catch (error) {
      // What is torn there is found by its checksum; what comes next starts a file of its own.
      await this.#abandon(file, segment)
      throw error
    }
    if (segment) {
      segment.ticks += count
      segment.sizeBytes = file.sizeBytes
    }
    if (file.isFull) await this.#roll()
    return count
  }

  async #begin(clock: SegmentClock, nowMs: number): Promise<SegmentFile> {
    const { directory } = this.#options
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const number = this.#nextNumber++
    const path = segmentPath(directory, { number, movedMs: undefined })
    const file = await SegmentFile.create(path, clock, nowMs)
    const size = { sizeBytes: file.sizeBytes, ticks: 0, acknowledged: 0 }
    this.#segments.push({ number, movedMs: undefined, ...size, path, clock, isOurs: true })
    return file
  }

  /** What is written next begins a new file, and what is read may be in this one. */
  async #roll(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.close()
  }

  async #abandon(file: SegmentFile, segment: Segment | undefined): Promise<void> {
    this.#file = undefined
    await file.close().catch((error: unknown) => this.#say(error, 'cannot be synced'))
    if (segment?.ticks === 0) await this.#remove(segment)
  }

  async #ticksOf(segment: Segment): Promise<readonly SpooledTick[]> {
    const bytes = await readFile(segment.path)
    const ticks = readSegment(bytes)?.ticks ?? []
    segment.ticks = ticks.length
    return ticks.map((tick) => movedTick(tick, segment.movedMs ?? 0))
  }

  // The one that is being written is never dropped.
  async #makeRoom(): Promise<Gap | undefined> {
    const { maxTicks, maxBytes } = this.#options.limits
    let dropped: Gap | undefined
    while (this.#segments.length > 1) {
      const sizeBytes = this.#segments.reduce((sum, segment) => sum + segment.sizeBytes, 0)
      const [oldest] = this.#segments
      if (!oldest || (sizeBytes <= maxBytes && this.count <= maxTicks)) break
      try {
        const ticks = await this.#ticksOf(oldest)
        for (const tick of ticks.slice(oldest.acknowledged)) {
          dropped = mergedGap(dropped, droppedGap(tick, this.#options.stepMs))
        }
      } catch (error) {
        this.#say(error, 'cannot be read')
      }
      await this.#remove(oldest)
    }
    return dropped
  }

  async #remove(segment: Segment): Promise<void> {
    this.#segments = this.#segments.filter((one) => one !== segment)
    try {
      await unlink(segment.path)
    } catch (error) {
      this.#say(error, 'cannot be deleted from')
    }
  }

  async #move(segment: Segment, byMs: number): Promise<void> {
    segment.movedMs = (segment.movedMs ?? 0) + byMs
    const path = segmentPath(this.#options.directory, segment)
    try {
      if (path !== segment.path) await renameSegment(segment.path, path)
      segment.path = path
    } catch (error) {
      this.#say(error, 'does not take that its ticks were moved')
    }
  }

  #say(error: unknown, what: string): void {
    this.#options.logger.warn({ err: error }, `the spool's directory ${what}`)
  }
}

/** What is said of a tick that the hub will never get. */
export function droppedGap(tick: Pick<SpooledTick, 'timeMs' | 'gaps'>, stepMs: number): Gap {
  const { timeMs, gaps } = tick
  const own: Gap = { fromMs: timeMs - stepMs, toMs: timeMs + stepMs, reason: 'dropped', ticks: 1 }
  return gaps.filter(({ reason }) => reason === 'dropped').reduce(mergedGap, own)
}

function round(ms: number, stepMs: number): number {
  return Math.round(ms / stepMs) * stepMs
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
