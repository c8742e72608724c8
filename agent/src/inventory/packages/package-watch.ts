// Owns when this machine's packages are read: at the start, each day, and soon after a package manager has changed them.
import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { MAX_PACKAGES, MAX_PACKAGES_LENGTH } from '@vigie/shared/protocol/limits'
import type { Clock } from '../../clock/clock.ts'
import { ownProcess } from '../../own-process.ts'
import { linesIn, packageListOf, type PackageList } from './package-list.ts'
import type { PackagesRead } from './read-packages.ts'

const DEADLINE_MS = 120_000
// As UTF-8, with what is said of the list before it.
const MOST_BYTES = 4 * MAX_PACKAGES_LENGTH

const FIRST_MS = 5_000
const LOOK_EVERY_MS = 60_000
const READ_EVERY_MS = 24 * 60 * 60 * 1_000
/** Where nothing can be watched, or could not be read: the cost of a process. */
const READ_BLINDLY_EVERY_MS = 60 * 60 * 1_000

export interface PackageWatchOptions {
  readonly clock: Clock
  readonly logger: { warn(details: object, message: string): void }
  /** The root of the machine, with a slash at its end. */
  readonly root: string
  /** The time as ticks are stamped by it, in epoch milliseconds. */
  readonly nowMs: () => number
  /** Each reading, whether it brought anything new or not. */
  readonly onRead: (list: PackageList) => void
}

/** What the process says of a list before it. */
type Said = Omit<PackagesRead, 'lines'> & Pick<PackageList, 'hash'>

/** Has a timer and at times a process; {@link PackageWatch.close} ends both. */
export class PackageWatch {
  readonly #options: PackageWatchOptions
  readonly #abort = new AbortController()
  #cancel: () => void
  #watched: readonly string[] = []
  #stamp = ''
  #readBootMs = -Infinity
  #everyMs = READ_EVERY_MS
  #list: PackageList | undefined

  constructor(options: PackageWatchOptions) {
    this.#options = options
    this.#cancel = options.clock.setTimeout(() => this.#look(), FIRST_MS)
  }

  close(): void {
    this.#abort.abort()
    this.#cancel()
  }

  #look(): void {
    const { clock, logger } = this.#options
    this.#readIfDue()
      .catch((error: unknown) => {
        if (!this.#abort.signal.aborted) logger.warn({ err: error }, 'packages could not be read')
      })
      .finally(() => {
        if (this.#abort.signal.aborted) return
        this.#cancel = clock.setTimeout(() => this.#look(), LOOK_EVERY_MS)
      })
  }

  async #readIfDue(): Promise<void> {
    const bootMs = this.#options.clock.bootMs()
    // Taken before the reading: what changes meanwhile is seen at the next look.
    const stamp = await stampOf(this.#watched)
    if (stamp === this.#stamp && bootMs - this.#readBootMs < this.#everyMs) return
    this.#stamp = stamp
    this.#readBootMs = bootMs
    this.#everyMs = READ_BLINDLY_EVERY_MS
    const { said, text } = await this.#read()
    this.#watched = said.watched
    const isUnread = said.failed.length + said.partly.length > 0
    if (!isUnread && said.watched.length > 0) this.#everyMs = READ_EVERY_MS
    this.#take(said, text)
  }

  #take({ failed, partly, left, hash, incomplete }: Said, text: Buffer): void {
    const { logger, nowMs, onRead } = this.#options
    for (const details of failed) logger.warn(details, 'a list of packages could not be read')
    for (const details of partly) logger.warn(details, 'a list of packages could be read in part')
    if (left > 0) logger.warn({ left }, 'this machine has more packages than the hub takes')
    const readMs = Math.max(0, Math.round(nowMs()))
    const read = { hash, readMs, text, ...(incomplete && { incomplete }) }
    const list = failed.length === 0 ? read : this.#withKept(read, failed)
    // What nobody could read is not nothing.
    if (failed.length > 0 && !hasSystemsOwn(list)) return
    if (list.hash !== this.#list?.hash) this.#list = list
    onRead(this.#list)
  }

  // Of a manager that cannot be read what was last known stays: that its packages are gone is not known.
  #withKept(read: PackageList, failed: Said['failed']): PackageList {
    const starts = failed.map(({ manager }) => `{"manager":"${manager}",`)
    const kept = this.#list ? [...linesIn(this.#list)] : []
    const lines = [...linesIn(read)]
    let length = lines.reduce((sum, line) => sum + line.length, 0)
    const { unread = [], isCut = false } = read.incomplete ?? {}
    const incomplete = { unread, isCut }
    for (const line of kept) {
      if (!starts.some((start) => line.startsWith(start))) continue
      length += line.length
      if (lines.length === MAX_PACKAGES || length > MAX_PACKAGES_LENGTH) {
        incomplete.isCut = true
        break
      }
      lines.push(line)
    }
    return packageListOf(lines, read.readMs, incomplete)
  }

  #read(): Promise<{ said: Said; text: Buffer }> {
    const options = {
      timeout: DEADLINE_MS,
      maxBuffer: MOST_BYTES,
      killSignal: 'SIGKILL',
      encoding: 'buffer',
      signal: this.#abort.signal,
    } as const
    return new Promise((resolve, reject) => {
      execFile(...ownProcess('read-packages', this.#options.root), options, (cause, stdout) => {
        if (cause) {
          reject(new Error('the process that reads packages failed', { cause }))
          return
        }
        const end = stdout.indexOf(10)
        const said = JSON.parse(stdout.toString('utf8', 0, end)) as Said
        resolve({ said, text: stdout.subarray(end + 1) })
      })
    })
  }
}

// Beside what Homebrew has: without the system's own packages a list says that none of them is installed.
function hasSystemsOwn(list: PackageList): boolean {
  for (const line of linesIn(list)) {
    if (line !== '' && !line.startsWith('{"manager":"homebrew",')) return true
  }
  return false
}

async function stampOf(paths: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ mtimeMs, size, ino }) => [path, mtimeMs, size, ino].join(' '),
        // Gone, or out of reach: another stamp than before, and the reading says what of it.
        () => path,
      ),
    ),
  )
  return stamps.join('\n')
}
