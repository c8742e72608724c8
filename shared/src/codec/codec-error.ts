/** What makes a byte string not a block. Each code is a distinct fault of the bytes, never of the reader. */
export type CodecErrorCode =
  | 'truncated'
  | 'trailing-bytes'
  | 'unknown-version'
  | 'not-canonical'
  | 'out-of-range'
  | 'over-limit'

/** Thrown by every decoder of this folder, and nothing else is, whatever the bytes are. */
export class CodecError extends Error {
  readonly code: CodecErrorCode

  constructor(code: CodecErrorCode, detail: string) {
    super(`${code}: ${detail}`)
    this.name = 'CodecError'
    this.code = code
  }
}
