// Owns what a process is called in full and whose it is: read once for each that is shown, never its environment.
import { open, stat as statFile } from 'node:fs/promises'
import type { RiskyCalls } from '../risky-calls.ts'
import type { ProcessStat } from './process-stat.ts'
import { UserNames } from './user-names.ts'

const DEADLINE_MS = 200
const LONGEST_COMMAND = 512
const NO_COMMAND = ''

interface Answer {
  readonly command: string
  readonly uid: number
}

interface Known extends Answer {
  readonly name: string
  readonly startTicks: number
}

interface Details {
  readonly command: string
  readonly user: string | undefined
}

export class ProcessDetails {
  readonly #root: string
  readonly #calls: RiskyCalls
  readonly #known = new Map<number, Known>()
  readonly #users: UserNames

  constructor(root: string, calls: RiskyCalls) {
    this.#root = root
    this.#calls = calls
    this.#users = new UserNames(`${root}etc/passwd`)
  }

  async of(pid: number, { name, startTicks }: ProcessStat): Promise<Details> {
    const known = this.#known.get(pid)
    // The name changes when a process becomes another program.
    const isSame = known?.startTicks === startTicks && known.name === name
    const answer = isSame ? known : await this.#ask(pid)
    // Shown by its short name alone, and asked again the next time.
    if (!answer) return { command: NO_COMMAND, user: undefined }
    if (!isSame) this.#known.set(pid, { name, startTicks, ...answer })
    return { command: answer.command, user: this.#users.of(answer.uid) }
  }

  /** Once for each look: forgets all others, and takes the names of users as they are now. */
  follow(pids: ReadonlyMap<number, unknown>): void {
    this.#users.follow()
    for (const pid of this.#known.keys()) if (!pids.has(pid)) this.#known.delete(pid)
  }

  // A process that is stuck in its own memory keeps who asks for its command line waiting as well.
  async #ask(pid: number): Promise<Answer | undefined> {
    const path = `${this.#root}proc/${pid}`
    try {
      return await this.#calls.call(`command line of ${pid}`, DEADLINE_MS, async () => {
        const { uid } = await statFile(path)
        return { uid, command: await readStart(`${path}/cmdline`) }
      })
    } catch {
      // It has ended, or cannot say.
      return undefined
    }
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
