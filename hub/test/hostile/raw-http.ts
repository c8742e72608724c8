// Owns speaking HTTP byte by byte, for tests: what no client library would send, and every answer that comes of it.
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface RawAnswer {
  readonly status: number
  /** As it came, the status line first. */
  readonly head: string
  readonly body: string
}

const HEAD = /^HTTP\/1\.[01] (\d{3})/
const LENGTH = /^content-length: (\d{1,9})$/im

/** A connection to a hub. Everything that comes is kept. */
export class RawClient {
  readonly socket: Socket
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>
  #received = ''
  readonly #waiting = new Set<() => void>()
  #isOver = false

  constructor(address: string) {
    const { hostname, port } = new URL(address)
    this.socket = connect(Number(port), hostname)
    this.socket.setEncoding('latin1')
    this.socket.on('data', (text: string) => {
      this.#received += text
      this.#wake()
    })
    // What matters is that it is over.
    this.socket.on('error', () => undefined)
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => {
        this.#isOver = true
        this.#wake()
        resolve()
      })
    })
    onTestFinished(() => void this.socket.destroy())
  }

  get received(): string {
    return this.#received
  }

  write(text: string): this {
    this.socket.write(text, 'latin1')
    return this
  }

  /** Resolves with the first answers, as many as are asked for, or with fewer when the hub closes. */
  async answers(count: number): Promise<RawAnswer[]> {
    while (!this.#isOver && answersIn(this.#received).length < count) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
    return answersIn(this.#received).slice(0, count)
  }

  /** Every answer until the hub closes. */
  async allAnswers(): Promise<RawAnswer[]> {
    await this.closed
    return answersIn(this.#received)
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}

/** Sends bytes, and behind them a request that ends the connection; gives the answers but that to the last. */
export async function answersTo(address: string, bytes: string): Promise<RawAnswer[]> {
  const client = new RawClient(address)
  client.write(`${bytes}GET /api/the-last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  const answers = await client.allAnswers()
  return answers.filter(({ body }) => !body.includes('/api/the-last'))
}

function answersIn(received: string): RawAnswer[] {
  const answers: RawAnswer[] = []
  let rest = received
  for (;;) {
    const end = rest.indexOf('\r\n\r\n')
    const status = HEAD.exec(rest)?.[1]
    if (end < 0 || status === undefined) return answers
    const head = rest.slice(0, end)
    const length = Number(LENGTH.exec(head)?.[1] ?? 0)
    if (rest.length < end + 4 + length) return answers
    answers.push({ status: Number(status), head, body: rest.slice(end + 4, end + 4 + length) })
    rest = rest.slice(end + 4 + length)
  }
}
