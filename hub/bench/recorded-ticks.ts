// Owns what simulated machines measure: ten minutes of a real one, over and over, as bytes that need only their time.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { encodeBlock, type Block } from '@vigie/shared/codec/block'
import { ByteWriter } from '@vigie/shared/codec/bytes'
import { toSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf, tableRevision } from '@vigie/shared/metrics/series'

const RECORDING = join(import.meta.dirname, '../../shared/fixtures/host-10min.ndjson.gz')
/** The recording has 68 series; the two of one more network interface make it 70. */
const DOUBLED = [
  [
    'system.network.io{network.interface.name="eth0",network.io.direction="receive"}',
    'eth0',
    'sim0',
  ],
  [
    'system.network.io{network.interface.name="eth0",network.io.direction="transmit"}',
    'eth0',
    'sim0',
  ],
] as const
const STEP_MS = 1000
// Six bytes of varint, as every time from 2004 to 2109 has.
const START_BYTES = 6
const SOME_START_MS = 2 ** 40

export class RecordedTicks {
  readonly keys: readonly string[]
  readonly revision: number
  readonly #seconds: readonly Float64Array[]
  readonly #blocks: readonly Buffer[]
  readonly #startOffset: number
  readonly #writer = new ByteWriter(65_536)

  constructor() {
    const lines = gunzipSync(readFileSync(RECORDING)).toString('utf8').trim().split('\n')
    const recorded = lines.map((line) => (JSON.parse(line) as { v: Record<string, number> }).v)
    for (const values of recorded) {
      for (const [key, from, to] of DOUBLED) {
        const value = values[key]
        if (value !== undefined) values[key.replace(from, to)] = value
      }
    }
    this.keys = [...new Set(recorded.flatMap((values) => Object.keys(values)))]
    this.revision = tableRevision(this.keys)
    this.#seconds = recorded.map((values) =>
      Float64Array.from(this.keys, (key) => toSteps(metricOf(key), values[key] ?? NaN)),
    )
    this.#blocks = this.#seconds.map((values) => Buffer.from(this.#block(SOME_START_MS, [values])))
    const head = new ByteWriter()
    head.varint(this.revision)
    this.#startOffset = 2 + head.finish().length
  }

  /** One tick as a frame; `second` counts from anywhere, and the recording begins again at its end. */
  frame(second: number, timeMs: number): Buffer {
    const frame = Buffer.from(this.#at(this.#blocks, second))
    let rest = timeMs
    for (let index = 0; index < START_BYTES; index++) {
      const isLast = index === START_BYTES - 1
      frame[this.#startOffset + index] = isLast ? rest : (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    return frame
  }

  /** The ticks of `count` seconds as one frame. */
  backlog(second: number, startMs: number, count: number): Uint8Array {
    const seconds = Array.from({ length: count }, (_, index) =>
      this.#at(this.#seconds, second + index),
    )
    return this.#block(startMs, seconds)
  }

  #at<Item>(items: readonly Item[], second: number): Item {
    const item = items[second % items.length]
    if (item === undefined) throw new Error('the recording is empty')
    return item
  }

  #block(startMs: number, seconds: readonly Float64Array[]): Uint8Array {
    const { length } = seconds
    const values = new Float64Array(this.keys.length * length)
    for (const [tick, second] of seconds.entries()) {
      for (const [series, value] of second.entries()) values[series * length + tick] = value
    }
    const present = new Uint8Array(length).fill(1)
    const block: Block = { revision: this.revision, startMs, stepMs: STEP_MS, present, values }
    return encodeBlock(block, this.#writer)
  }
}
