// Owns the names of users by their numbers (man 5 passwd).
import { readFileSync, statSync } from 'node:fs'

const LONGEST = 64

export class UserNames {
  readonly #path: string
  #names: ReadonlyMap<number, string> = new Map()
  #modifiedMs = NaN

  constructor(path: string) {
    this.#path = path
  }

  /** The user's name, or its number where it has none. */
  of(uid: number): string {
    return (this.#names.get(uid) ?? String(uid)).slice(0, LONGEST)
  }

  /** Reads the file where it has changed. */
  follow(): void {
    try {
      const { mtimeMs } = statSync(this.#path)
      if (mtimeMs === this.#modifiedMs) return
      this.#names = namesIn(readFileSync(this.#path, 'utf8'))
      this.#modifiedMs = mtimeMs
    } catch {
      // Without the file, users are shown by their numbers.
      this.#names = new Map()
      this.#modifiedMs = NaN
    }
  }
}

function namesIn(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':')
    if (name && uid && !names.has(Number(uid))) names.set(Number(uid), name)
  }
  return names
}
