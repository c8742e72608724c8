// Export and import against a real database: what goes in comes out.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../store/store.ts'
import { exported } from './exported-ticks.ts'
import { prepareHour, writeHours, type ReadyHour } from './import-hours.ts'
import { TickImport, type ImportedHour } from './imported-ticks.ts'

const HOUR_MS = 3_600_000
const NOW_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
const DAY_MS = 24 * HOUR_MS

let directory: string
let store: Store
let hostId = 0

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-import-'))
  store = await openStore({ dataDir: directory })
})
afterAll(async () => {
  await store.close()
  await rm(directory, { recursive: true, force: true })
})

async function newHost(): Promise<number> {
  hostId++
  await store.db
    .insertInto('host')
    .values({
      id: hostId,
      name: `host-${hostId}`,
      public_key: `key-${hostId}`,
      created_ms: 0,
      boot_id: null,
      agent_version: '0.1.0',
      interval_ms: 1000,
      inventory_json: null,
      inventory_hash: null,
      last_seen_ms: null,
      goodbye: null,
    })
    .execute()
  return hostId
}

async function prepared(host: number, text: string): Promise<ReadyHour[]> {
  const ticks = new TickImport({ keptFromMs: NOW_MS - DAY_MS, nowMs: NOW_MS, intervalMs: 1000 })
  const hours: ReadyHour[] = []
  const keep = async (hour: ImportedHour | undefined): Promise<void> => {
    if (!hour) return
    hours.push(await prepareHour(store.db, { hostId: host, hourMs: hour.hourMs }, hour.runs))
  }
  for (const [index, line] of text.split('\n').entries()) {
    await keep(ticks.take({ number: index + 1, bytes: Buffer.from(line) }))
  }
  await keep(ticks.finish())
  return hours
}

async function imported(host: number, text: string): Promise<void> {
  await writeHours(store.db, await prepared(host, text), () => undefined)
}

async function exportOf(
  host: number,
  format: 'ndjson' | 'json' | 'csv' = 'ndjson',
  series: string[] = [],
) {
  const range = { fromMs: 0, toMs: NOW_MS + HOUR_MS }
  const runs = store.history.runs({ hostId: host, ...range })
  let text = ''
  const source = { host: { id: host, name: `host-${host}` }, range, series, runs }
  for await (const piece of exported(format, source)) text += piece.text
  return text
}

// Names of every kind of step, a custom metric, and attributes that have to be escaped.
const KEYS = [
  'system.cpu.utilization{cpu.mode="user"}',
  'system.memory.usage{system.memory.state="used"}',
  'hw.temperature{hw.name="a \\"b\\" \\\\ c\\nd"}',
  'system.uptime',
  'my.own_metric',
] as const
const valueOf = (key: string) =>
  fc
    .oneof(
      fc.integer({ min: -1000, max: 1000 }),
      fc.maxSafeInteger().map((n) => Math.trunc(n / 2048)),
    )
    .map((steps) => fromSteps(metricOf(key), steps) + 0)
const values = fc
  .record(Object.fromEntries(KEYS.map((key) => [key, valueOf(key)])), { requiredKeys: [] })
  .filter((v) => Object.keys(v).length > 0)
const ticks = fc
  .uniqueArray(
    fc.record({
      t: fc.oneof(
        fc
          .integer({ min: NOW_MS / 1000 - 7300, max: NOW_MS / 1000 })
          .map((second) => second * 1000),
        fc.integer({ min: NOW_MS - 2 * HOUR_MS, max: NOW_MS }),
      ),
      v: values,
    }),
    { selector: ({ t }) => t, minLength: 1, maxLength: 40 },
  )
  .map((all) => all.sort((a, b) => a.t - b.t))

const written = (all: readonly unknown[]): string =>
  all.map((tick) => JSON.stringify(tick)).join('\n')
const parsed = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)

describe('what is imported', () => {
  it('is what is exported, again and again', async () => {
    await fc.assert(
      fc.asyncProperty(ticks, async (all) => {
        const host = await newHost()
        await imported(host, written(all))
        const text = await exportOf(host)
        expect(parsed(text)).toEqual(all)
        await imported(host, text)
        expect(await exportOf(host)).toBe(text)
        const other = await newHost()
        await imported(other, text)
        expect(parsed(await exportOf(other))).toEqual(all)
      }),
      { numRuns: 40 },
    )
  })

  it('does not change what is there already', async () => {
    await fc.assert(
      fc.asyncProperty(ticks, ticks, async (first, second) => {
        const host = await newHost()
        await imported(host, written(first))
        await imported(host, written(second))
        const model = new Map([...second, ...first].map((tick) => [tick.t, tick]))
        expect(parsed(await exportOf(host))).toEqual([...model.values()].sort((a, b) => a.t - b.t))
      }),
      { numRuns: 25 },
    )
  })

  it('has no gap that was not in it, whatever the interval of the host is now', async () => {
    const host = await newHost()
    const [fromMs, count] = [NOW_MS - 1.5 * HOUR_MS, 720]
    const all = Array.from({ length: count }, (_, index) => ({
      t: fromMs + index * 5000,
      v: { 'system.uptime': index },
    }))
    await imported(host, written(all))
    const range = { hostId: host, fromMs, toMs: NOW_MS }
    expect(await store.history.stretches(range)).toEqual([
      { fromMs, toMs: fromMs + (count - 1) * 5000, stepMs: 5000 },
    ])
  })

  it('is merged with what came in while it was prepared, and is all there or not at all', async () => {
    const host = await newHost()
    const tick = (t: number, value: number) => ({ t, v: { 'system.uptime': value } })
    const late = NOW_MS - HOUR_MS
    const ready = await prepared(
      host,
      written([tick(late - 1000, 1), tick(late, 2), tick(late + 1000, 3)]),
    )
    await imported(host, written([tick(late, 9), tick(late + 5000, 9)]))
    await writeHours(store.db, ready, () => undefined)
    expect(parsed(await exportOf(host))).toEqual([
      tick(late - 1000, 1),
      tick(late, 9),
      tick(late + 1000, 3),
      tick(late + 5000, 9),
    ])
    // The process dies after the first of two hours.
    const other = await newHost()
    const hours = await prepared(other, written([tick(late - 1000, 1), tick(late, 2)]))
    const dies = writeHours(store.db, hours, () => {
      throw new Error('dies')
    })
    await expect(dies).rejects.toThrow('dies')
    expect(await exportOf(other)).toBe('')
  })
})

describe('an export', () => {
  const all = [
    {
      t: NOW_MS - 3000,
      v: { 'my.own_metric': 0.5, 'system.cpu.utilization{cpu.mode="user"}': 0.0132 },
    },
    { t: NOW_MS - 1000, v: { 'my.own_metric': -1.25 } },
  ]

  it('has the values in the units of the catalogue, exactly', async () => {
    const host = await newHost()
    await imported(host, written(all))
    expect(await exportOf(host)).toBe(
      `{"t":${NOW_MS - 3000},"v":{"my.own_metric":0.5,"system.cpu.utilization{cpu.mode=\\"user\\"}":0.0132}}\n` +
        `{"t":${NOW_MS - 1000},"v":{"my.own_metric":-1.25}}\n`,
    )
  })

  it('as JSON is one object, with ticks or without', async () => {
    const host = await newHost()
    const read = async () => JSON.parse(await exportOf(host, 'json')) as Record<string, unknown>
    expect(await read()).toMatchObject({ host: { id: host, name: `host-${host}` }, ticks: [] })
    await imported(host, written(all))
    expect(await read()).toMatchObject({ ticks: all })
  })

  it('as CSV follows RFC 4180: a head, quotes that are doubled, nothing where nothing was measured', async () => {
    const host = await newHost()
    await imported(host, written(all))
    const columns = ['system.cpu.utilization{cpu.mode="user"}', 'my.own_metric']
    const iso = (timeMs: number) => new Date(timeMs).toISOString()
    expect((await exportOf(host, 'csv', columns)).split('\r\n')).toEqual([
      'time,t,"system.cpu.utilization{cpu.mode=""user""}",my.own_metric',
      `${iso(NOW_MS - 3000)},${NOW_MS - 3000},0.0132,0.5`,
      `${iso(NOW_MS - 1000)},${NOW_MS - 1000},,-1.25`,
      '',
    ])
    await expect(exportOf(host, 'csv', ['my.own_metric'])).rejects.toThrow('run it again')
  })
})
