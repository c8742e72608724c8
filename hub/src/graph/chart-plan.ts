// Owns which series a picture draws, in which charts, words and colours. A series has the colour that it has on the page.
import { formatMetric } from '@vigie/shared/format/format-value'
import type { Locale } from '@vigie/shared/format/locale'
import { joined } from '@vigie/shared/format/quantity'
import { findMetric, type Metric } from '@vigie/shared/metrics/catalogue'
import { parseSeries, seriesKey, type Series } from '@vigie/shared/metrics/series'
import type { DataColour } from './theme.ts'
import { WORDS } from './words.ts'

export interface PlannedSeries {
  readonly key: string
  readonly label: string
  readonly colour: DataColour
  /** Drawn below the zero line: what goes out where others come in. */
  readonly isBelow: boolean
}

export interface PlannedChart {
  readonly metric: Metric
  readonly title: string
  readonly note: string
  readonly isStacked: boolean
  /** The top of the axis where it has a natural one. */
  readonly ceiling?: number
  readonly series: readonly PlannedSeries[]
}

/** No more lines than an eye can tell apart: one of each colour. */
export const MAX_LINES = 7

const COLOURS: readonly DataColour[] = [1, 2, 3, 4, 5, 6, 7]

interface Drawing {
  /** Series with exactly this attribute set beside those that name a thing (a mount, an interface). */
  readonly attribute: string
  /** What of it is drawn, in this order: the rest is the complement, or would flatten it. */
  readonly states: readonly (readonly [state: string, colour: DataColour])[]
  readonly isStacked?: true
  readonly below?: string
}

const OF_DISK: Drawing = {
  attribute: 'disk.io.direction',
  states: [
    ['read', 1],
    ['write', 2],
  ],
}
const OF_NETWORK: Drawing = {
  attribute: 'network.io.direction',
  states: [
    ['receive', 1],
    ['transmit', 2],
  ],
  below: 'transmit',
}

const DRAWINGS: Readonly<Record<string, Drawing>> = {
  'system.cpu.utilization': {
    attribute: 'cpu.mode',
    states: [
      ['user', 1],
      ['system', 2],
      ['nice', 3],
      ['iowait', 4],
      ['interrupt', 7],
      ['softirq', 5],
      ['steal', 6],
    ],
    isStacked: true,
  },
  'system.memory.usage': {
    attribute: 'system.memory.state',
    states: [
      ['used', 1],
      ['buffers', 5],
      ['cached', 3],
    ],
    isStacked: true,
  },
  'system.paging.usage': { attribute: 'system.paging.state', states: [['used', 1]] },
  'system.filesystem.usage': { attribute: 'system.filesystem.state', states: [['used', 1]] },
  'system.filesystem.inodes': { attribute: 'system.filesystem.state', states: [['used', 1]] },
  'system.disk.io': OF_DISK,
  'system.disk.operations': OF_DISK,
  'system.disk.await': OF_DISK,
  'system.network.io': OF_NETWORK,
  'system.network.packet.count': OF_NETWORK,
}

const STATE = 'system.filesystem.state'
const FILESYSTEM = 'system.filesystem.usage'

type Values = Readonly<Record<string, number>>

/** What is drawn when nothing is asked for: CPU, memory, the fullest filesystem, and the network without loopback. */
export function usualMetrics(values: Values): string[] {
  const interfaces = Object.keys(values).filter((key) => {
    const series = parseSeries(key)
    return series?.metric === 'system.network.io' && !isLoopback(series)
  })
  const fullest = fullestFilesystem(values)
  return [
    'system.cpu.utilization',
    'system.memory.usage',
    ...(fullest === undefined ? [] : [fullest]),
    ...(interfaces.length === 0 ? ['system.network.io'] : interfaces),
  ]
}

function fullestFilesystem(values: Values): string | undefined {
  let found: { key: string; ratio: number } | undefined
  for (const key of Object.keys(values)) {
    const series = parseSeries(key)
    if (series?.metric !== FILESYSTEM || series.attributes[STATE] !== 'used') continue
    const size = sizeOf(series, values)
    const ratio = size === undefined ? 0 : (values[key] ?? 0) / size
    if (!found || ratio > found.ratio) found = { key, ratio }
  }
  return found?.key
}

// As df counts: of what users can have, the blocks kept for root left out.
function sizeOf({ attributes }: Series, values: Values): number | undefined {
  const part = (state: string) => values[seriesKey(FILESYSTEM, { ...attributes, [STATE]: state })]
  const available = part('available') ?? part('free')
  const used = part('used')
  return used === undefined || available === undefined ? undefined : used + available
}

function isLoopback({ attributes }: Series): boolean {
  return attributes['network.interface.name'] === 'lo'
}

/**
 * The series to ask for: of a metric those that its chart draws, as far as `keys` (those of the last tick) tell; a metric
 * that the last tick does not have stays as it is, for it may have had it earlier.
 */
export function seriesToAsk(metrics: readonly string[], keys: readonly string[]): string[] {
  const asked = metrics.flatMap((metric) => {
    if (metric.includes('{')) return [metric]
    const known = chosenOf(
      metric,
      keys.filter((key) => parseSeries(key)?.metric === metric),
    )
    return known.length === 0 ? [metric] : known
  })
  return [...new Set(asked)]
}

/** One chart for each metric that was asked for, of those series that there are. */
export function planCharts(
  metrics: readonly string[],
  keys: readonly string[],
  context: Context,
): PlannedChart[] {
  const names = [...new Set(metrics.map((metric) => metric.split('{', 1)[0] ?? metric))]
  return names.map((name) => {
    const isWhole = metrics.includes(name)
    const own = keys.filter((key) => parseSeries(key)?.metric === name)
    const chosen = isWhole ? chosenOf(name, own) : own.filter((key) => metrics.includes(key))
    return planChart(findMetric(name), chosen, context)
  })
}

function chosenOf(metric: string, keys: readonly string[]): string[] {
  const drawing = DRAWINGS[metric]
  if (!drawing) return [...keys]
  const chosen = drawing.states.flatMap(([state]) =>
    keys.filter((key) => {
      const attributes = parseSeries(key)?.attributes ?? {}
      return attributes[drawing.attribute] === state && !('cpu.logical_number' in attributes)
    }),
  )
  return chosen.length === 0 ? [...keys] : chosen
}

interface Context {
  readonly values: Values
  readonly locale: Locale
}

interface Keyed extends Series {
  readonly key: string
}

function planChart(metric: Metric, keys: readonly string[], context: Context): PlannedChart {
  const all = keys.flatMap((key): Keyed[] => {
    const series = parseSeries(key)
    return series ? [{ key, ...series }] : []
  })
  const drawing = DRAWINGS[metric.name]
  const stateOf = ({ attributes }: Series) => attributes[drawing?.attribute ?? '']
  const colours = new Map<string | undefined, DataColour>(drawing?.states)
  // Two disks that are both read: their state alone does not tell them apart.
  const isByState =
    new Set(all.map(stateOf)).size === all.length && all.every((one) => colours.has(stateOf(one)))
  const labels = labelsOf(all, context.locale)
  const series = all.map((one, index) => ({
    key: one.key,
    label: labels.own[index] ?? '',
    colour: (isByState && colours.get(stateOf(one))) || COLOURS[index % COLOURS.length] || 7,
    isBelow: all.length > 1 && drawing?.below !== undefined && stateOf(one) === drawing.below,
  }))
  const ceiling = ceilingOf(metric, all, context.values)
  return {
    metric,
    title: metric.label[context.locale],
    note: noteOf(metric, { series, shared: labels.shared, ceiling }, context.locale),
    isStacked: drawing?.isStacked === true && isByState && all.length > 1,
    ...(ceiling !== undefined && { ceiling }),
    series,
  }
}

/** What the attributes of a series say, in words. */
export function seriesLabel({ attributes }: Series, locale: Locale): string {
  return Object.values(attributes)
    .map((value) => WORDS[locale].value[value] ?? value)
    .join(' ')
}

/** What tells each series from the others, and what they all have in common; one alone is told whole. */
function labelsOf(all: readonly Keyed[], locale: Locale): { own: string[]; shared: string[] } {
  const say = (value: string) => WORDS[locale].value[value] ?? value
  const names = [...new Set(all.flatMap(({ attributes }) => Object.keys(attributes)))]
  const isShared = (name: string) =>
    all.length > 1 && new Set(all.map(({ attributes }) => attributes[name])).size === 1
  const own = all.map(({ attributes }) => {
    const telling = names.filter((name) => !isShared(name) && attributes[name] !== undefined)
    const words = telling.map((name) => say(attributes[name] ?? ''))
    return words.join(' ') || (all.length > 1 ? WORDS[locale].total : '')
  })
  const shared = names.filter(isShared).map((name) => say(all[0]?.attributes[name] ?? ''))
  return { own, shared }
}

interface Noted {
  readonly series: readonly PlannedSeries[]
  readonly shared: readonly string[]
  readonly ceiling: number | undefined
}

function noteOf(metric: Metric, { series, shared, ceiling }: Noted, locale: Locale): string {
  const words = WORDS[locale]
  const notes = [
    ...shared,
    ...(ceiling === undefined
      ? []
      : [words.ofInstalled(joined(formatMetric(ceiling, metric, locale)))]),
    ...(series.some(({ isBelow }) => isBelow) ? [words.inAndOut] : []),
    ...(/^\{.*\}\/s$/.test(metric.unit) ? [words.perSecond] : []),
  ]
  return notes.join(', ')
}

function ceilingOf(metric: Metric, series: readonly Series[], values: Values): number | undefined {
  if (metric.name === 'system.memory.usage') return values['system.memory.limit']
  const [only] = series
  return metric.name === FILESYSTEM && series.length === 1 && only
    ? sizeOf(only, values)
    : undefined
}
