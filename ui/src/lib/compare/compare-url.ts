// Owns what the address says of a comparison: which metric, of which hosts, over which stretch of time.
import { MAX_SERIES_KEY_LENGTH, parseSeries } from '@vigie/shared/metrics/series'
import { USUAL_RANGE, writeRange } from '../chart/time-address.ts'
import type { TimeRange } from '../chart/time-range.ts'

export const DEFAULT_METRIC = 'system.cpu.utilization'

export interface Comparison {
  /** A written series. Attributes that it leaves open are those that a line is made over (series-choice.ts). */
  readonly metric: string
  /** The hosts that were picked, in order of their ids; null for all that match `query`. */
  readonly hosts: readonly number[] | null
  readonly query: string
}

/** Reads an address, but for its range; what it does not understand is left at its default. */
export function readComparison(params: Pick<URLSearchParams, 'get'>): Comparison {
  const metric = params.get('metric') ?? ''
  const isSeries = metric.length <= MAX_SERIES_KEY_LENGTH && parseSeries(metric) !== undefined
  return {
    metric: isSeries ? metric : DEFAULT_METRIC,
    hosts: idsOf(params.get('hosts') ?? ''),
    query: params.get('q') ?? '',
  }
}

/** The query of the Compare page, question mark included; what it leaves out is shown as the page opens. */
export function compareQuery(comparison: Partial<Comparison>, range: TimeRange): string {
  const { metric = DEFAULT_METRIC, hosts = null, query = '' } = comparison
  const params = new URLSearchParams()
  if (metric !== DEFAULT_METRIC) params.set('metric', metric)
  if (hosts) params.set('hosts', hosts.join(','))
  if (query !== '') params.set('q', query)
  // Commas may stand in a query as they are (RFC 3986, section 3.4): the address stays readable.
  return writeRange(params, range, USUAL_RANGE).replaceAll('%2C', ',')
}

function idsOf(text: string): number[] | null {
  const ids = text
    .split(',')
    .filter((part) => /^[1-9]\d{0,15}$/.test(part))
    .map(Number)
  return ids.length === 0 ? null : [...new Set(ids)].sort((a, b) => a - b)
}
