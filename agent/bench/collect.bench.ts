// Measures what a tick costs the agent: collecting and encoding, in CPU time of this process.
import { encodeBlock } from '@vigie/shared/codec/block'
import { createCollector } from '../src/collect/collector.ts'

const TICKS = 200
const INTERVAL_MS = Number(process.argv[2] ?? 100)

const collector = await createCollector({
  onSnapshot: () => undefined,
  clockOffsetMs: () => 0,
  logger: { info: () => undefined, warn: () => undefined },
})

const wait = () => new Promise((resolve) => setTimeout(resolve, INTERVAL_MS))
let values = 0
let bytes = 0
// The first ticks run code that is not compiled yet; an agent lives for months.
for (let warmUp = 0; warmUp < 20; warmUp++) {
  await wait()
  await collector.collect(warmUp)
}
const before = process.cpuUsage()
for (let tick = 0; tick < TICKS; tick++) {
  await wait()
  const { table, values: row } = await collector.collect(1_700_000_000_000 + tick * 1000)
  const block = encodeBlock({
    revision: table.revision,
    startMs: 1_700_000_000_000 + tick * 1000,
    stepMs: 1000,
    present: Uint8Array.of(1),
    values: row,
  })
  values = row.length
  bytes += block.length
}
const { user, system } = process.cpuUsage(before)
await collector.close()

const print = (name: string, value: number, unit: string, note: string) =>
  console.log(JSON.stringify({ name, value, unit, better: 'lower', note }))
const note = `${TICKS} ticks of ${values} values, one each ${INTERVAL_MS} ms, with all slower jobs`
print('agent.collect_cpu_ms_per_tick', round((user + system) / 1000 / TICKS), 'ms', note)
print('agent.collect_bytes_per_tick', round(bytes / TICKS), 'By', `${values} values`)

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
