// Owns what is thrown inside a reading when something could not be seen, by its name, until it becomes a failure of the run.
import type { WatchFailureKind } from '@vigie/shared/api/cert-watch'
import type { WatchFailure } from '../ports.ts'

const MAX_DETAIL_LENGTH = 300

export class SourceFault extends Error {
  override readonly name = 'SourceFault'
  readonly kind: WatchFailureKind

  constructor(kind: WatchFailureKind, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.kind = kind
  }
}

/** In one line. What is thrown by anything else is a bug, and is told as one. */
export function failureOf(error: unknown): WatchFailure {
  const kind = error instanceof SourceFault ? error.kind : 'browser-died'
  const words = error instanceof Error ? error.message : String(error)
  return { kind, detail: oneLine(words) }
}

export function oneLine(words: string): string {
  const line = words.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim()
  return line.length > MAX_DETAIL_LENGTH ? `${line.slice(0, MAX_DETAIL_LENGTH - 1)}…` : line
}
