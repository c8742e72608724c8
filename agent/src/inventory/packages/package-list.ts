// Owns a list of packages as the agent keeps it: as text, which takes a tenth of the memory that objects would.
import { createHash } from 'node:crypto'
import { linesOf, packageOf, packagesText } from '@vigie/shared/protocol/package-line'
import type { PackagesMessage } from '@vigie/shared/protocol/agent'
import { MAX_PACKAGES_PER_MESSAGE } from '@vigie/shared/protocol/limits'

export interface PackageList {
  /** SHA-256 of the text, base64url. */
  readonly hash: string
  /** In epoch milliseconds, by the clock that ticks are stamped by. */
  readonly readMs: number
  /** Lines as shared/src/protocol/package-line.ts has them. */
  readonly text: string
}

/** Names a list by what is in it. */
export function packageListOf(lines: Iterable<string>, readMs: number): PackageList {
  const text = packagesText(lines)
  return { hash: createHash('sha256').update(text).digest('base64url'), readMs, text }
}

/** What makes one list of another. */
export interface PackageChange {
  /** Null: all is put anew. */
  readonly base: string | null
  readonly put: readonly string[]
  readonly removed: readonly string[]
}

/** All of a list where the hub's is not known, or shares so little with it that all is no more than the change. */
export function changeOf(base: PackageList | undefined, list: PackageList): PackageChange {
  const now = linesOf(list.text)
  if (!base) return { base: null, put: now, removed: [] }
  const before = linesOf(base.text)
  const was = new Set(before)
  const is = new Set(now)
  const put = now.filter((line) => !was.has(line))
  const removed = before.filter((line) => !is.has(line))
  const isSmall = put.length + removed.length < now.length
  return isSmall ? { base: base.hash, put, removed } : { base: null, put: now, removed: [] }
}

// What a slow link takes within the time that a tick's acknowledgement may take (docs/protocol.md, T9).
const MESSAGE_LENGTH = 32_768

type Content = Pick<PackagesMessage, 'put' | 'removed'>

/** The messages that tell a change, at least one. */
export function* messagesOf(
  { base, put, removed }: PackageChange,
  { hash, readMs }: PackageList,
): Generator<PackagesMessage> {
  const told = { type: 'packages', base, hash, readMs } as const
  let content: Content = { put: [], removed: [] }
  let length = 0
  const lines = [
    ...removed.map((line) => ({ kind: 'removed', line }) as const),
    ...put.map((line) => ({ kind: 'put', line }) as const),
  ]
  for (const { kind, line } of lines) {
    const isFull = content[kind].length === MAX_PACKAGES_PER_MESSAGE
    if (isFull || (length > 0 && length + line.length > MESSAGE_LENGTH)) {
      yield { ...told, ...content, isLast: false }
      content = { put: [], removed: [] }
      length = 0
    }
    content[kind].push(packageOf(line))
    length += line.length
  }
  yield { ...told, ...content, isLast: true }
}
