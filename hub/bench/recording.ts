// Owns a real machine's recording as hours of a host: the whole of it where it is, else the slice in the repository.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { encodeBlock } from '@vigie/shared/codec/block'
import { toSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf, tableRevision } from '@vigie/shared/metrics/series'
import type { Run } from '../src/store/tick-records.ts'

const WHOLE = join(import.meta.dirname, '../../../shared/data/host-1s.ndjson.gz')
const SLICE = join(import.meta.dirname, '../../shared/fixtures/host-10min.ndjson.gz')
const SECONDS = 3600

export interface Recording {
  readonly keys: readonly string[]
  readonly revision: number
  readonly columns: readonly Float64Array[]
  readonly seconds: number
  /** Which recording it is. */
  readonly note: string
}

export function readRecording(): Recording {
  const isWhole = existsSync(WHOLE)
  const lines = gunzipSync(readFileSync(isWhole ? WHOLE : SLICE))
    .toString()
    .trimEnd()
    .split('\n')
  const ticks = lines.map((line) => (JSON.parse(line) as { v: Record<string, number> }).v)
  const keys = Object.keys(ticks[0] ?? {})
  const columns = keys.map((key) =>
    Float64Array.from(ticks, (values) => toSteps(metricOf(key), values[key] ?? NaN)),
  )
  const note = `${ticks.length} s x ${keys.length} series of a real machine${isWhole ? '' : ', the slice in the repository'}`
  return { keys, revision: tableRevision(keys), columns, seconds: ticks.length, note }
}

/**
 * An hour of it from `startMs` on. `shift` makes hours differ: it begins so many seconds into the recording, goes on at
 * its beginning, and every value is a little larger.
 */
export function hourOfRecording(recording: Recording, startMs: number, shift = 0): Run {
  const { keys, revision, columns, seconds } = recording
  const ticks = Math.min(SECONDS, seconds)
  const values = new Float64Array(ticks * keys.length)
  columns.forEach((column, series) => {
    const isSteady = column.every((value) => value === column[0])
    for (let tick = 0; tick < ticks; tick++) {
      const value = column[(tick + shift) % seconds] ?? NaN
      values[series * ticks + tick] = isSteady ? value : value + (shift % 16)
    }
  })
  const present = new Uint8Array(ticks).fill(1)
  return { keys, block: { revision, startMs, stepMs: 1000, present, values } }
}

/** The same as rows. */
export function rowsOf(hostId: number, { keys, block }: Run) {
  const ticks = block.present.length
  return Array.from({ length: ticks }, (_, tick) => {
    const values = Float64Array.from(
      keys,
      (_key, series) => block.values[series * ticks + tick] ?? NaN,
    )
    const timeMs = block.startMs + tick * block.stepMs
    const single = { ...block, startMs: timeMs, present: new Uint8Array([1]), values }
    return { host_id: hostId, time_ms: timeMs, payload: encodeBlock(single) }
  })
}
