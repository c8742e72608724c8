// Owns the text of exported ticks: ndjson, JSON or CSV, in pieces of some kilobytes.
import type { HostSummary } from '@vigie/shared/api/host'
import type { HistoryRun } from '@vigie/shared/api/history-body'
import { fromSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import { CommandError } from './command-error.ts'
import type { Range } from './times.ts'

export const FORMATS = ['csv', 'json', 'ndjson'] as const
export type Format = (typeof FORMATS)[number]

/** A piece of text, and how far it goes. */
export interface Piece {
  readonly text: string
  /** The time of its last tick. */
  readonly untilMs: number
  readonly ticks: number
}

export interface Export {
  readonly host: Pick<HostSummary, 'id' | 'name'>
  readonly range: Range
  /** Every series that the runs may have: the columns of CSV. */
  readonly series: readonly string[]
  readonly runs: AsyncIterable<HistoryRun>
}

const PIECE_LENGTH = 65_536

export function exported(format: Format, source: Export): AsyncGenerator<Piece> {
  switch (format) {
    case 'ndjson':
      return pieces(source, { row: jsonRow })
    case 'json':
      return pieces(source, {
        head: `${JSON.stringify({ host: { id: source.host.id, name: source.host.name }, ...source.range }).slice(0, -1)},"ticks":[\n`,
        between: ',',
        row: jsonRow,
        foot: ']}\n',
      })
    case 'csv':
      return pieces(source, {
        head: csvLine(['time', 't', ...source.series]),
        row: csvRow(source.series),
      })
  }
}

/** How to write one tick of a run; an empty text where it has no value at all. */
type RowWriter = (run: HistoryRun) => (tick: number, timeMs: number) => string

interface Shape {
  readonly head?: string
  readonly between?: string
  readonly foot?: string
  readonly row: RowWriter
}

async function* pieces({ range, runs }: Export, shape: Shape): AsyncGenerator<Piece> {
  let text = shape.head ?? ''
  let ticks = 0
  let untilMs = range.fromMs
  let isFirst = true
  for await (const run of runs) {
    const write = shape.row(run)
    const { startMs, stepMs, present } = run.block
    for (let tick = 0; tick < present.length; tick++) {
      if (present[tick] !== 1) continue
      const row = write(tick, startMs + tick * stepMs)
      if (row === '') continue
      text += isFirst ? row : (shape.between ?? '') + row
      isFirst = false
      ticks++
      untilMs = startMs + tick * stepMs
      if (text.length < PIECE_LENGTH) continue
      yield { text, ticks, untilMs }
      text = ''
      ticks = 0
    }
  }
  yield { text: text + (shape.foot ?? ''), ticks, untilMs: range.toMs }
}

const jsonRow: RowWriter = ({ keys, block }) => {
  const columns = keys.map((key) => ({ name: `${JSON.stringify(key)}:`, metric: metricOf(key) }))
  const ticks = block.present.length
  return (tick, timeMs) => {
    let values = ''
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index]
      const steps = block.values[index * ticks + tick] ?? NaN
      if (!column || Number.isNaN(steps)) continue
      values += `${values && ','}${column.name}${fromSteps(column.metric, steps)}`
    }
    return values && `{"t":${timeMs},"v":{${values}}}\n`
  }
}

/** Columns as in the head; a time as people and spreadsheets read it, and as programs do. */
function csvRow(series: readonly string[]): RowWriter {
  const places = new Map(series.map((key, index) => [key, index]))
  return ({ keys, block }) => {
    const columns = keys.map((key) => {
      const place = places.get(key)
      if (place === undefined) {
        throw new CommandError(`${key} came up while this was written: run it again`)
      }
      return { place, metric: metricOf(key) }
    })
    const ticks = block.present.length
    return (tick, timeMs) => {
      const cells = new Array<string>(series.length).fill('')
      columns.forEach(({ place, metric }, index) => {
        const steps = block.values[index * ticks + tick] ?? NaN
        if (!Number.isNaN(steps)) cells[place] = String(fromSteps(metric, steps))
      })
      if (cells.every((cell) => cell === '')) return ''
      return csvLine([new Date(timeMs).toISOString(), String(timeMs), ...cells])
    }
  }
}

/** A record of RFC 4180. */
function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}
