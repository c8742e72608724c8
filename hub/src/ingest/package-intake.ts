// Owns gathering the messages of one list of packages, or of one change to it, on one connection (docs/protocol.md, P2 to P4 and P8).
import type { PackagesMessage } from '@vigie/shared/protocol/agent'
import { MAX_PACKAGES, MAX_PACKAGES_LENGTH } from '@vigie/shared/protocol/limits'
import { packageLine } from '@vigie/shared/protocol/package-line'
import type { Fault } from './block-intake.ts'
import type { PackageChange } from './ports.ts'

interface Gathering {
  readonly base: string | null
  readonly hash: string
  readonly put: string[]
  readonly removed: string[]
  length: number
}

export class PackageIntake {
  readonly #hashAtHub: () => string | null
  readonly #takesIncomplete: boolean
  #gathering: Gathering | undefined

  /** `hashAtHub` says which list the hub has; `takesIncomplete`, that the version which was negotiated has `incomplete`. */
  constructor(hashAtHub: () => string | null, takesIncomplete: boolean) {
    this.#hashAtHub = hashAtHub
    this.#takesIncomplete = takesIncomplete
  }

  /** The whole change with its last message, `more` before that, or why the socket is to be closed. */
  take(message: PackagesMessage): PackageChange | 'more' | Fault {
    const { base, hash, readMs, isLast, incomplete } = message
    if (incomplete && !(isLast && this.#takesIncomplete)) {
      return { close: 'malformed', detail: 'packages: incomplete' }
    }
    if (base !== null && base !== this.#hashAtHub()) {
      return { close: 'outOfOrder', detail: 'packages: a change of another list' }
    }
    this.#gathering ??= { base, hash, put: [], removed: [], length: 0 }
    const gathering = this.#gathering
    if (gathering.base !== base || gathering.hash !== hash) {
      return { close: 'outOfOrder', detail: 'packages: another list before the end of one' }
    }
    gather(message.put, gathering.put, gathering)
    gather(message.removed, gathering.removed, gathering)
    if (isTooMuch(gathering)) return { close: 'malformed', detail: 'packages: too many' }
    if (!isLast) return 'more'
    this.#gathering = undefined
    const { put, removed } = gathering
    return { base, hash, readMs, put, removed, ...(incomplete && { incomplete }) }
  }
}

function gather(
  packages: PackagesMessage['put'],
  lines: string[],
  gathering: { length: number },
): void {
  for (const one of packages) {
    const line = packageLine(one)
    lines.push(line)
    gathering.length += line.length
  }
}

function isTooMuch({ put, removed, length }: Gathering): boolean {
  return Math.max(put.length, removed.length) > MAX_PACKAGES || length > MAX_PACKAGES_LENGTH
}
