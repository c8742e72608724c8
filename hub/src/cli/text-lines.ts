// Owns cutting a stream into lines, each of a bounded length, whoever wrote them.

const LINE_FEED = 0x0a

export interface Line {
  /** From 1. */
  readonly number: number
  /** Without its line feed. */
  readonly bytes: Buffer
}

/** A line is longer than it may be; nobody has read its rest. */
export class LineTooLongError extends Error {
  readonly number: number

  constructor(number: number, maxBytes: number) {
    super(`line ${number} is longer than ${maxBytes} bytes`)
    this.name = 'LineTooLongError'
    this.number = number
  }
}

/** The lines of each chunk; throws a {@link LineTooLongError}. */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<Line[]> {
  let number = 0
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of chunks) {
    const lines: Line[] = []
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      number++
      if (restBytes + end - start > maxBytes) throw new LineTooLongError(number, maxBytes)
      lines.push({ number, bytes: Buffer.concat([...rest, chunk.subarray(start, end)]) })
      rest = []
      restBytes = 0
      start = end + 1
    }
    rest.push(chunk.subarray(start))
    restBytes += chunk.length - start
    if (restBytes > maxBytes) throw new LineTooLongError(number + 1, maxBytes)
    yield lines
  }
  if (restBytes > 0) yield [{ number: number + 1, bytes: Buffer.concat(rest) }]
}
