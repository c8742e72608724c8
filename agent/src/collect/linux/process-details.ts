// Owns what a process is called in full and whose it is: read once for each that is shown, never its environment.
import { readFileSync } from 'node:fs'
import { open, stat as statFile } from 'node:fs/promises'
import type { RiskyCalls } from '../risky-calls.ts'
import type { ProcessStat } from './process-stat.ts'

const DEADLINE_MS = 200
const LONGEST_COMMAND = 512
const NO_COMMAND = ''

interface Details {
  readonly name: string
  readonly startTicks: number
  readonly command: string
  readonly user: string | undefined
}

export class ProcessDetails {
  readonly #root: string
  readonly #calls: RiskyCalls
  readonly #known = new Map<number, Details>()
  #users: ReadonlyMap<number, string> | undefined

  constructor(root: string, calls: RiskyCalls) {
    this.#root = root
    this.#calls = calls
  }

  async of(pid: number, { name, startTicks }: ProcessStat): Promise<Details> {
    const known = this.#known.get(pid)
    // The name changes when a process becomes another program.
    if (known?.startTicks === startTicks && known.name === name) return known
    const details = { name, startTicks, ...(await this.#read(pid)) }
    this.#known.set(pid, details)
    return details
  }

  /** Forgets all others. */
  keepOnly(pids: ReadonlyMap<number, unknown>): void {
    for (const pid of this.#known.keys()) if (!pids.has(pid)) this.#known.delete(pid)
  }

  // A process that is stuck in its own memory keeps who asks for its command line waiting as well.
  async #read(pid: number): Promise<Pick<Details, 'command' | 'user'>> {
    const path = `${this.#root}proc/${pid}`
    try {
      return await this.#calls.call(`command line of ${pid}`, DEADLINE_MS, async () => {
        const { uid } = await statFile(path)
        const command = await readStart(`${path}/cmdline`)
        return { command, user: this.#nameOf(uid) }
      })
    } catch {
      // It has ended, or cannot say: it is shown by its short name alone.
      return { command: NO_COMMAND, user: undefined }
    }
  }

  #nameOf(uid: number): string {
    this.#users ??= readUsers(`${this.#root}etc/passwd`)
    return (this.#users.get(uid) ?? String(uid)).slice(0, 64)
  }
}

// Arguments are separated by NUL; kernel threads have none.
async function readStart(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_COMMAND * 4), 0)
    return buffer
      .toString('utf8', 0, bytesRead)
      .replaceAll('\0', ' ')
      .trim()
      .slice(0, LONGEST_COMMAND)
  } finally {
    await file.close()
  }
}

/** User names by number (man 5 passwd). */
function readUsers(path: string): ReadonlyMap<number, string> {
  const users = new Map<number, string>()
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    // Without the file, users are shown by their numbers.
    return users
  }
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':')
    if (name && uid && !users.has(Number(uid))) users.set(Number(uid), name)
  }
  return users
}
