// Owns a list of packages as the agent keeps it and tells it: as bytes, of which never more than a message's worth become objects.
import { createHash } from 'node:crypto'
import { incompleteEnd, packageOf, packagesText } from '@vigie/shared/protocol/package-line'
import type { PackagesMessage } from '@vigie/shared/protocol/agent'
import { MAX_PACKAGES_PER_MESSAGE } from '@vigie/shared/protocol/limits'
import type { IncompletePackages } from '@vigie/shared/protocol/packages'

export interface PackageList {
  /** SHA-256 of the text and of what it lacks (shared/src/protocol/package-line.ts), base64url. */
  readonly hash: string
  /** In epoch milliseconds, by the clock that ticks are stamped by. */
  readonly readMs: number
  /** The text that shared/src/protocol/package-line.ts defines, in UTF-8. */
  readonly text: Buffer
  /** Absent where all could be read and all of it is in the text. */
  readonly incomplete?: IncompletePackages
}

/** Names a list by what is in it and what it lacks. */
export function packageListOf(
  lines: Iterable<string>,
  readMs: number,
  incomplete?: IncompletePackages,
): PackageList {
  return named({
    readMs,
    text: Buffer.from(packagesText(lines)),
    ...(incomplete && { incomplete }),
  })
}

/** The list as a hub takes it that cannot be told what it lacks (docs/protocol.md, P8). */
export function withoutIncomplete(list: PackageList): PackageList {
  const { readMs, text, incomplete } = list
  return incomplete ? named({ readMs, text }) : list
}

function named(list: Omit<PackageList, 'hash'>): PackageList {
  const hash = createHash('sha256').update(list.text).update(incompleteEnd(list.incomplete))
  return { ...list, hash: hash.digest('base64url') }
}

/** The lines of a list, in their order. */
export function* linesIn({ text }: Pick<PackageList, 'text'>): Generator<string> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf(10, start)
    const end = found < 0 ? text.length : found
    yield text.toString('utf8', start, end)
    start = end + 1
  }
}

/** What makes one list of another. */
export interface PackageChange {
  /** Null: all is put anew. */
  readonly base: string | null
  readonly put: Iterable<string>
  readonly removed: Iterable<string>
}

/** All of a list where the hub's is not known, or shares so little with it that all is no more than the change. */
export function changeOf(base: PackageList | undefined, list: PackageList): PackageChange {
  const all = { base: null, put: linesIn(list), removed: [] }
  if (!base) return all
  const put: string[] = []
  const removed: string[] = []
  let shared = 0
  const before = linesIn(base)
  let old = before.next()
  for (const line of linesIn(list)) {
    for (; !old.done && old.value < line; old = before.next()) removed.push(old.value)
    if (!old.done && old.value === line) {
      shared++
      old = before.next()
    } else put.push(line)
  }
  for (; !old.done; old = before.next()) removed.push(old.value)
  return removed.length < shared ? { base: base.hash, put, removed } : all
}

// What a slow link takes within the time that a tick's acknowledgement may take (docs/protocol.md, T9).
const MESSAGE_LENGTH = 32_768

type Content = Pick<PackagesMessage, 'put' | 'removed'>

/** The messages that tell a change, at least one. */
export function* messagesOf(
  { base, put, removed }: PackageChange,
  { hash, readMs, incomplete }: PackageList,
): Generator<PackagesMessage> {
  const told = { type: 'packages', base, hash, readMs } as const
  let content: Content = { put: [], removed: [] }
  let length = 0
  for (const [kind, lines] of [['removed', removed] as const, ['put', put] as const]) {
    for (const line of lines) {
      const isFull = content[kind].length === MAX_PACKAGES_PER_MESSAGE
      if (isFull || (length > 0 && length + line.length > MESSAGE_LENGTH)) {
        yield { ...told, ...content, isLast: false }
        content = { put: [], removed: [] }
        length = 0
      }
      content[kind].push(packageOf(line))
      length += line.length
    }
  }
  yield { ...told, ...content, isLast: true, ...(incomplete && { incomplete }) }
}
