// Owns `vigie graph`: which host, which metrics and which time, drawn into a file or to standard output.
import {
  DEFAULT_GRAPH_WIDTH_PX,
  GRAPH_LIMITS,
  GRAPH_THEMES,
  type GraphTheme,
} from '@vigie/shared/api/graph'
import type { HostDetail, HostSummary } from '@vigie/shared/api/host'
import { drawGraph } from '../graph/draw-graph.ts'
import { gatherGraph } from '../graph/gather-graph.ts'
import type { GraphStyle } from '../graph/graph.ts'
import { localZone } from '../graph/zone-clock.ts'
import { chooseHost } from './choose-host.ts'
import { CommandError } from './command-error.ts'
import { languageOf } from './language.ts'
import { checkedMetrics } from './metric-option.ts'
import { namedHost, nearest } from './named-host.ts'
import { openOutput } from './output-file.ts'
import { withSource } from './source.ts'
import { rangeOf, type RangeOptions } from './times.ts'

export interface GraphOptions extends RangeOptions {
  readonly hub?: string
  readonly metric?: readonly string[]
  readonly out?: string
  readonly theme: string
  readonly transparent?: true
  readonly lang?: string
  readonly width?: string
  readonly height?: string
  readonly points?: string
}

const HOUR_MS = 3_600_000
const MAX_POINTS = 4000

/** Returns the file that was written, or undefined when the picture went to standard output. */
export async function graph(
  written: string | undefined,
  options: GraphOptions,
): Promise<string | undefined> {
  const nowMs = Date.now()
  const range = rangeOf(options, nowMs, HOUR_MS)
  const style = styleOf(options)
  const metrics = chartMetrics(options.metric)
  const points =
    options.points === undefined
      ? undefined
      : numberOf('--points', options.points, { least: 2, most: MAX_POINTS })
  return withSource(options.hub, async (source) => {
    const hosts = await source.hosts()
    const chosen =
      written === undefined ? await chooseHost(hosts, 'graph') : namedHost(hosts, written)
    const host = await source.detail(chosen.id)
    const gathered = await gatherGraph(source, {
      host,
      ...range,
      ...(metrics && { metrics }),
      ...(points !== undefined && { points }),
      style,
    })
    const found = gathered.history.series.map(({ series }) => series)
    for (const metric of metrics ?? []) mustBeKnown(metric, host, found)
    return write(drawGraph(gathered), options.out ?? terminalName(host, range.toMs))
  })
}

function styleOf({ theme, lang, width, height, transparent }: GraphOptions): GraphStyle {
  return {
    theme: themeOf(theme),
    locale: languageOf(lang),
    zone: localZone(),
    widthPx:
      width === undefined
        ? DEFAULT_GRAPH_WIDTH_PX
        : numberOf('--width', width, GRAPH_LIMITS.widthPx),
    ...(height !== undefined && { heightPx: numberOf('--height', height, GRAPH_LIMITS.heightPx) }),
    ...(transparent && { isTransparent: true }),
  }
}

function themeOf(written: string): GraphTheme {
  const theme = GRAPH_THEMES.find((name) => name === written)
  if (theme) return theme
  throw new CommandError(`--theme is "${written}": ${GRAPH_THEMES.join(' or ')}`, { exitCode: 2 })
}

function numberOf(
  option: string,
  written: string,
  { least, most }: { least: number; most: number },
): number {
  const value = /^\d{1,9}$/.test(written) ? Number(written) : NaN
  if (value >= least && value <= most) return value
  throw new CommandError(`${option} is "${written}": a whole number from ${least} to ${most}`, {
    exitCode: 2,
  })
}

function chartMetrics(metrics: readonly string[] | undefined): readonly string[] | undefined {
  if ((metrics?.length ?? 0) <= GRAPH_LIMITS.metrics) return checkedMetrics(metrics)
  throw new CommandError(`--metric can be given ${GRAPH_LIMITS.metrics} times at most`, {
    exitCode: 2,
  })
}

// A metric that the host has, and had nothing of in that time, is a chart without data; a slip of the finger is none.
function mustBeKnown(metric: string, { name, values }: HostDetail, found: readonly string[]): void {
  const keys = [...new Set([...Object.keys(values), ...found])]
  const isOf = (key: string) => key === metric || key.split('{', 1)[0] === metric
  if (keys.some(isOf)) return
  const names = metric.includes('{')
    ? keys
    : [...new Set(keys.map((key) => key.split('{', 1)[0] ?? key))]
  const near = nearest(names, metric).slice(0, 3)
  const hint =
    near.length > 0 ? `did you mean ${near.join(', ')}?` : `\`vigie show ${name}\` lists them`
  throw new CommandError(`${name} has no ${metric}: ${hint}`)
}

/** A picture is nothing to read on a terminal: there it becomes a file. */
function terminalName({ name }: HostSummary, toMs: number): string {
  if (!process.stdout.isTTY) return '-'
  const stamp = new Date(toMs).toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-')
  return `${name.replaceAll(/[^\w.-]+/g, '_')}-${stamp}Z.svg`
}

async function write(svg: string, path: string): Promise<string | undefined> {
  if (path === '-') {
    process.stdout.write(svg)
    return undefined
  }
  const file = await openOutput(path)
  file.stream.write(svg)
  await file.finish()
  return path
}
