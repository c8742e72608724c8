// Owns the screen of `vigie watch HOST`: the main series of one machine, each with its last minutes.
import type { HostSummary } from '@vigie/shared/api/host'
import type { HistoryRun } from '@vigie/shared/api/history-body'
import { formatAge } from '@vigie/shared/format/duration'
import { formatMetric } from '@vigie/shared/format/format-value'
import type { Locale } from '@vigie/shared/format/locale'
import { joined } from '@vigie/shared/format/quantity'
import { fromSteps, type Metric } from '@vigie/shared/metrics/catalogue'
import { metricOf, parseSeries } from '@vigie/shared/metrics/series'
import { seriesLabel } from '../graph/chart-plan.ts'
import { RecentValues } from './recent-values.ts'
import { column, sparkline, type StyledLine } from './screen.ts'
import { SHOW_WORDS } from './show-words.ts'
import { WATCH_BACK_MS, type WatchListener } from './watch-feed.ts'

/** In the order of reading; of a metric all series but what is left out. */
const SHOWN = [
  'system.cpu.utilization',
  'system.cpu.load_average.1m',
  'system.linux.pressure.stall',
  'system.memory.usage',
  'system.linux.memory.available',
  'system.paging.usage',
  'system.disk.io',
  'system.disk.utilization',
  'system.network.io',
  'hw.temperature',
]
/** The complement of what is shown, and what is there in dozens. */
const LEFT_OUT = /="(idle|free|full|lo)"|cpu\.logical_number/

const VALUE_WIDTH = 12

interface Row {
  readonly label: string
  readonly metric: Metric
  readonly recent: RecentValues
}

export class HostScreen implements Pick<WatchListener, 'onHosts' | 'onRecent' | 'onTicks'> {
  readonly #locale: Locale
  #host: HostSummary
  readonly #rows = new Map<string, Row>()
  #newestMs = 0

  constructor(host: HostSummary, locale: Locale) {
    this.#host = host
    this.#locale = locale
  }

  onHosts(hosts: readonly HostSummary[]): void {
    this.#host = hosts.find(({ id }) => id === this.#host.id) ?? this.#host
  }

  onRecent(): void {}

  onTicks({ keys, block }: HistoryRun): void {
    const { present, startMs, stepMs, values } = block
    keys.forEach((key, series) => {
      const row = this.#rowOf(key)
      if (!row) return
      present.forEach((isPresent, tick) => {
        const steps = values[series * present.length + tick] ?? NaN
        if (isPresent && !Number.isNaN(steps)) {
          row.recent.add(startMs + tick * stepMs, fromSteps(row.metric, steps))
        }
      })
    })
    this.#newestMs = Math.max(this.#newestMs, startMs + (present.length - 1) * stepMs)
  }

  /** One line: the newest value of each series. */
  summary(): string {
    const values = this.#sorted().map(
      ({ label, metric, recent }) => `${label} ${this.#written(metric, recent)}`,
    )
    return [
      `${this.#host.name} ${SHOW_WORDS[this.#locale].statuses[this.#host.status]}`,
      ...values,
    ].join('  ')
  }

  lines(width: number, nowMs: number): StyledLine[] {
    const { statuses, reasons, because, ago } = SHOW_WORDS[this.#locale]
    const { name, status, statusReason, lastSeenMs } = this.#host
    const isUp = status === 'up'
    const seenMs = Math.max(this.#newestMs, lastSeenMs ?? 0)
    const rows = this.#sorted()
    const longest = Math.max(8, ...rows.map(({ label }) => Array.from(label).length))
    const labels = Math.max(8, Math.min(34, longest, width - VALUE_WIDTH))
    const bars = Math.max(0, Math.min(180, width - labels - VALUE_WIDTH - 2))
    return [
      [
        { text: name, style: 'bold' },
        {
          text: `  ${because(statuses[status], reasons[statusReason])}`,
          style: isUp ? 'green' : 'red',
        },
        {
          text:
            seenMs > 0 && !isUp ? `  ${ago(joined(formatAge(nowMs - seenMs, this.#locale)))}` : '',
          style: 'dim',
        },
      ],
      [{ text: '' }],
      ...rows.map(({ label, metric, recent }): StyledLine => {
        const top = metric.unit === '1' ? 1 : undefined
        return [
          { text: column(label, labels), style: 'dim' },
          { text: column(this.#written(metric, recent), VALUE_WIDTH, 'right') },
          { text: '  ' },
          { text: sparkline(recent.read(), bars, top), style: 'cyan' },
        ]
      }),
    ]
  }

  #written(metric: Metric, { last }: RecentValues): string {
    return joined(formatMetric(last, metric, this.#locale))
  }

  #sorted(): Row[] {
    return [...this.#rows.values()].sort(
      (a, b) => SHOWN.indexOf(a.metric.name) - SHOWN.indexOf(b.metric.name),
    )
  }

  #rowOf(key: string): Row | undefined {
    const known = this.#rows.get(key)
    if (known) return known
    const metric = metricOf(key)
    if (!SHOWN.includes(metric.name) || LEFT_OUT.test(key)) return undefined
    const series = parseSeries(key)
    const words = [metric.label[this.#locale], series ? seriesLabel(series, this.#locale) : '']
    const row = {
      label: words.filter(Boolean).join(' '),
      metric,
      recent: new RecentValues(this.#host.intervalMs, WATCH_BACK_MS),
    }
    this.#rows.set(key, row)
    return row
  }
}
