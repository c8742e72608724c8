// Prints what the codec costs and how small it is, on a slice of a real recording.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { gunzipSync, zstdCompressSync } from 'node:zlib'
import { decodeBlock, encodeBlock, type Block } from '../src/codec/block.ts'
import { toSteps } from '../src/metrics/catalogue.ts'
import { metricOf } from '../src/metrics/series.ts'

const fixture = new URL('../fixtures/host-10min.ndjson.gz', import.meta.url)
const ticks = gunzipSync(readFileSync(fixture))
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { t: number; v: Record<string, number> })

const keys = Object.keys(ticks[0]?.v ?? {})
const whole = blockOf(ticks)
const bytes = encodeBlock(whole)
const values = ticks.length * keys.length
const singles = ticks.map((tick) => encodeBlock(blockOf([tick])))
const note = `${ticks.length} s x ${keys.length} series of a real machine`

print('codec.tick_bytes_mean', mean(singles.map((single) => single.length)), 'By', note)
print('codec.tick_bytes_max', Math.max(...singles.map((single) => single.length)), 'By', note)
print('codec.bytes_per_value', bytes.length / values, 'By', `${note}, one block`)
print(
  'codec.bytes_per_value_zstd',
  zstdCompressSync(bytes).length / values,
  'By',
  `${note}, zstd 3`,
)
print('codec.encode_ns_per_value', timeNs(() => encodeBlock(whole)) / values, 'ns', note)
print('codec.decode_ns_per_value', timeNs(() => decodeBlock(bytes)) / values, 'ns', note)
const single = singles[0] ?? new Uint8Array()
print(
  'codec.decode_tick_us',
  timeNs(() => decodeBlock(single)) / 1000,
  'us',
  'one tick, as the hub gets it',
)

function blockOf(run: typeof ticks): Block {
  return {
    revision: 1,
    startMs: run[0]?.t ?? 0,
    stepMs: 1000,
    present: new Uint8Array(run.length).fill(1),
    values: Float64Array.from(
      keys.flatMap((key) => run.map((tick) => toSteps(metricOf(key), tick.v[key] ?? NaN))),
    ),
  }
}

// The fastest of many: what the code costs when nothing else disturbs it.
function timeNs(work: () => unknown): number {
  let best = Infinity
  for (let round = 0; round < 200; round++) {
    const start = performance.now()
    work()
    best = Math.min(best, performance.now() - start)
  }
  return best * 1e6
}

function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

function print(name: string, value: number, unit: string, note: string): void {
  const rounded = Number(value.toPrecision(3))
  process.stdout.write(`${JSON.stringify({ name, value: rounded, unit, better: 'lower', note })}\n`)
}
