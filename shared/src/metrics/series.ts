// Owns the written form of a series, `metric{attribute="value",...}`, and the revision that names a table of them.
import { findMetric, isListed, type Metric } from './catalogue.ts'

/** A series in its one written form: attributes sorted by name, no braces where there are none. */
export type SeriesKey = string & { readonly __brand: 'SeriesKey' }

export type Attributes = Readonly<Record<string, string>>

export interface Series {
  readonly metric: string
  readonly attributes: Attributes
}

/** Longest accepted written form, in UTF-16 units. */
export const MAX_SERIES_KEY_LENGTH = 512

const PATTERN = /^([A-Za-z_][\w.]*)(?:\{(.+)\})?$/s
const ATTRIBUTE = /([A-Za-z_][\w.]*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/y

/** Writes a series. Quotes, backslashes and line feeds in values are escaped as the Prometheus text format does. */
export function seriesKey(metric: string, attributes: Attributes = {}): SeriesKey {
  const names = Object.keys(attributes).sort()
  if (names.length === 0) return metric as SeriesKey
  const pairs = names.map((name) => `${name}="${escape(attributes[name] ?? '')}"`)
  return `${metric}{${pairs.join(',')}}` as SeriesKey
}

/** Reads a written series, or returns undefined when it is not in its one form. */
export function parseSeries(written: string): Series | undefined {
  if (written.length > MAX_SERIES_KEY_LENGTH) return undefined
  const match = PATTERN.exec(written)
  if (!match?.[1]) return undefined
  const attributes: Record<string, string> = {}
  const inner = match[2] ?? ''
  ATTRIBUTE.lastIndex = 0
  while (ATTRIBUTE.lastIndex < inner.length) {
    const pair = ATTRIBUTE.exec(inner)
    if (!pair?.[1]) return undefined
    attributes[pair[1]] = unescape(pair[2] ?? '')
  }
  const series = { metric: match[1], attributes }
  return seriesKey(series.metric, series.attributes) === written ? series : undefined
}

/** The catalogue's entry for a written series; a metric that it does not know gets the entry of a custom metric. */
export function metricOf(key: string): Metric {
  return findMetric(nameOf(key))
}

/** Whether a written series is of a metric that the catalogue does not know. */
export function isCustom(key: string): boolean {
  return !isListed(nameOf(key))
}

function nameOf(key: string): string {
  const brace = key.indexOf('{')
  return brace < 0 ? key : key.slice(0, brace)
}

/**
 * The name of a series table: FNV-1a (RFC 9923) of its keys, folded to 52 bits. Derived from the content, so that an
 * agent that restarts, or a spool that is replayed, names the same table by the same number.
 */
export function tableRevision(keys: readonly string[]): number {
  // 64 bits in two halves: the prime is 2^40 + 0x1b3, and a half times 0x1b3 stays exact in a float64.
  let high = 0xcbf29ce4
  let low = 0x84222325
  for (const byte of new TextEncoder().encode(keys.join('\n'))) {
    const mixed = (low ^ byte) >>> 0
    const product = mixed * 0x1b3
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + (mixed << 8)) >>> 0
    low = product >>> 0
  }
  return (high & 0xfffff) * 2 ** 32 + ((low ^ (high >>> 20)) >>> 0)
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function unescape(value: string): string {
  return value.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char))
}
