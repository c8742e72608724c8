// Owns `vigie export`: every tick of a host, streamed to a file or to standard output.
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import { CommandError } from './command-error.ts'
import { exported, FORMATS, type Format, type Piece } from './exported-ticks.ts'
import { checkedMetrics } from './metric-option.ts'
import { namedHost } from './named-host.ts'
import { openOutput } from './output-file.ts'
import { progressBar, type Progress } from './progress.ts'
import { keepHeapSmall } from './small-heap.ts'
import { withSource, type Source } from './source.ts'
import { rangeOf, type Range, type RangeOptions } from './times.ts'

export interface ExportOptions extends RangeOptions {
  readonly hub?: string
  readonly metric?: readonly string[]
  readonly format: string
  readonly out?: string
}

export async function exportTicks(written: string, options: ExportOptions): Promise<void> {
  const format = formatOf(options.format)
  const range = rangeOf(options, Date.now())
  const series = checkedMetrics(options.metric)
  keepHeapSmall()
  await withSource(options.hub, async (source) => {
    const host = namedHost(await source.hosts(), written)
    const query = { ...range, ...(series && { series }) }
    const columns = format === 'csv' ? await seriesOf(source, host, query) : []
    const pieces = exported(format, {
      host,
      range,
      series: columns,
      runs: source.runs(host, query),
    })
    const { out } = options
    if (out === undefined || out === '-') await toStandardOutput(pieces, range)
    else await toFile(out, pieces, range)
  })
}

function formatOf(written: string): Format {
  const format = FORMATS.find((known) => known === written)
  if (format) return format
  throw new CommandError(`--format is "${written}": ${FORMATS.join(', ')}`, { exitCode: 2 })
}

type Host = Parameters<Source['runs']>[0]
type Query = Parameters<Source['runs']>[1]

/** One bucket for the whole range tells which series there are. */
async function seriesOf(source: Source, host: Host, query: Query): Promise<string[]> {
  const { series } = await source.buckets(host, { ...query, points: 1 })
  return series.map((one) => one.series)
}

async function toStandardOutput(pieces: AsyncGenerator<Piece>, range: Range): Promise<void> {
  // A bar between the lines would spoil them.
  const progress = process.stdout.isTTY ? undefined : progressBar('exporting')
  try {
    await pipeline(textOf(pieces, range, progress), process.stdout, { end: false })
  } finally {
    progress?.stop()
  }
}

async function toFile(path: string, pieces: AsyncGenerator<Piece>, range: Range): Promise<void> {
  const file = await openOutput(path)
  const progress = progressBar('exporting')
  try {
    const text = textOf(pieces, range, progress)
    const steps: [Readable, ...Writable[]] = path.endsWith('.gz')
      ? [text, createGzip(), file.stream]
      : [text, file.stream]
    await pipeline(steps)
    await file.finish()
  } catch (error) {
    file.abandon()
    throw error
  } finally {
    progress.stop()
  }
}

/** Reads no further than what is written lets it. */
function textOf(
  pieces: AsyncGenerator<Piece>,
  { fromMs, toMs }: Range,
  progress: Progress | undefined,
): Readable {
  const texts = async function* (): AsyncGenerator<string> {
    let ticks = 0
    for await (const piece of pieces) {
      ticks += piece.ticks
      progress?.update((piece.untilMs - fromMs) / (toMs - fromMs), `${ticks} ticks`)
      yield piece.text
      // A file or a device takes all at once: signals want their turn.
      await turn()
    }
  }
  return Readable.from(texts(), { highWaterMark: 1 })
}
