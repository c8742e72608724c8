// Owns the fill of filesystems, by statfs beside the tick: a server that is away must not stop it.
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { seriesKey, type SeriesKey } from '@vigie/shared/metrics/series'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import type { RiskyCalls } from '../risky-calls.ts'
import type { Troubles } from '../troubles.ts'
import { chooseMounts, type Mount, type MountExcludes } from './mounts.ts'
import { ProcFile } from './proc-file.ts'

const MOUNTS_EVERY_MS = 5000
const DEADLINE_MS = 1000
// An answer counts on the tick after its question, and on one more.
const FRESH_ROUNDS = 2

/** What statfs answers, in blocks and files (man 2 statfs). */
export interface Fill {
  readonly frsize: number
  readonly blocks: number
  readonly bfree: number
  readonly bavail: number
  readonly files: number
  readonly ffree: number
}

export interface FilesystemsOptions {
  readonly root: string
  readonly excludes: MountExcludes
  readonly local: RiskyCalls
  /** Room for one call at a time: while a server does not answer, no other is asked. */
  readonly remote: RiskyCalls
  readonly troubles: Troubles
  readonly statfs?: (path: string) => Promise<Fill>
}

interface Watched {
  mount: Mount
  fill: Fill | undefined
  answeredRound: number
  at: number
  hasInodes: boolean
}

export class FilesystemsSource implements Source {
  readonly name = 'filesystems'
  readonly #options: FilesystemsOptions
  readonly #mounts: ProcFile
  #table = ''
  #tableReadMs = NaN
  #watched: Watched[] = []
  #isReshaped = true
  #round = 0
  #asked: Promise<unknown> = Promise.resolve()
  #readings = readingsOf([])

  constructor(options: FilesystemsOptions) {
    this.#options = options
    // The longer form tells a file system that is read-only from one that only this process sees so, as services do.
    const longer = `${options.root}proc/self/mountinfo`
    const path = existsSync(longer) ? longer : `${options.root}proc/self/mounts`
    // The layers of an overlay are all in one line.
    this.#mounts = new ProcFile(path, { hasLongRecords: true })
  }

  /** Gives what the last questions were answered, and asks again for the next tick. */
  read(nowMs: number): Readings {
    this.#followMounts(nowMs)
    if (this.#isReshaped) this.#rebuild()
    for (const watched of this.#watched) this.#write(watched)
    this.#round++
    this.#asked = Promise.all(this.#watched.map((watched) => this.#ask(watched)))
    return this.#readings
  }

  /** Resolves when each mount has answered the last question or let its deadline pass. */
  async settled(): Promise<void> {
    await this.#asked
  }

  close(): void {
    this.#mounts.close()
    this.#watched = []
  }

  #followMounts(nowMs: number): void {
    if (nowMs - this.#tableReadMs < MOUNTS_EVERY_MS) return
    this.#tableReadMs = nowMs
    const length = this.#mounts.read()
    const table = this.#mounts.bytes.toString('utf8', 0, length)
    if (table === this.#table) return
    this.#table = table
    const known = new Map(this.#watched.map((watched) => [identity(watched.mount), watched]))
    this.#watched = chooseMounts(table, this.#options.excludes).map((mount) => {
      const watched = known.get(identity(mount)) ?? newlyWatched(mount)
      watched.mount = mount
      return watched
    })
    this.#isReshaped = true
  }

  async #ask(watched: Watched): Promise<void> {
    const { local, remote, root, troubles, statfs: ask = statfs } = this.#options
    const { mountpoint, isRemote } = watched.mount
    const key = `filesystem ${mountpoint}`
    // One that has not answered yet is not asked again, and not told of again.
    const calls = isRemote ? remote : local
    if (calls.isAsked(key)) return
    try {
      const fill = await calls.call(key, DEADLINE_MS, () => ask(`${root}${mountpoint.slice(1)}`))
      watched.fill = fill
      watched.answeredRound = this.#round
      if (watched.hasInodes !== fill.files > 0) {
        watched.hasInodes = fill.files > 0
        this.#isReshaped = true
      }
      troubles.worked(key)
    } catch (cause) {
      troubles.failed(key, cause)
    }
  }

  #write(watched: Watched): void {
    const { values } = this.#readings
    const { at, fill, hasInodes, mount } = watched
    const isFresh = this.#round - watched.answeredRound < FRESH_ROUNDS
    const of = (count: number | undefined) => (isFresh ? (count ?? NaN) : NaN)
    const size = fill?.frsize ?? NaN
    values[at] = of(fill && fill.blocks - fill.bfree) * size
    values[at + 1] = of(fill?.bfree) * size
    values[at + 2] = of(fill?.bavail) * size
    values[at + 3] = mount.isReadOnly ? 1 : 0
    if (!hasInodes) return
    values[at + 4] = of(fill && fill.files - fill.ffree)
    values[at + 5] = of(fill?.ffree)
  }

  #rebuild(): void {
    this.#isReshaped = false
    const keys: SeriesKey[] = []
    for (const watched of this.#watched) {
      watched.at = keys.length
      keys.push(...keysOf(watched))
    }
    this.#readings = readingsOf(keys)
  }
}

function identity({ mountpoint, device, type }: Mount): string {
  return `${type} ${device} ${mountpoint}`
}

function newlyWatched(mount: Mount): Watched {
  return { mount, fill: undefined, answeredRound: -Infinity, at: 0, hasInodes: false }
}

// Filesystems that make inodes as they need them count none.
function keysOf({ mount, hasInodes }: Watched): SeriesKey[] {
  const at = { 'system.filesystem.mountpoint': mount.mountpoint }
  const key = (metric: string, state: string) =>
    seriesKey(metric, { ...at, 'system.filesystem.state': state })
  return [
    ...['used', 'free', 'available'].map((state) => key('system.filesystem.usage', state)),
    seriesKey('system.filesystem.read_only', at),
    ...(hasInodes ? ['used', 'free'].map((state) => key('system.filesystem.inodes', state)) : []),
  ]
}
