// Owns the screen of `vigie watch`: the fleet, worst first.
import type { HostSummary } from '@vigie/shared/api/host'
import { formatAge } from '@vigie/shared/format/duration'
import { formatValue } from '@vigie/shared/format/format-value'
import type { Locale } from '@vigie/shared/format/locale'
import { joined } from '@vigie/shared/format/quantity'
import { RecentValues } from './recent-values.ts'
import { column, sparkline, type Span, type Style, type StyledLine } from './screen.ts'
import { SHOW_WORDS } from './show-words.ts'
import { WATCH_BACK_MS, type WatchListener } from './watch-feed.ts'
import { WATCH_WORDS } from './watch-words.ts'

const RANK = { down: 0, unknown: 1, up: 2 } as const
const STATUS_STYLE = { up: 'green', down: 'red', unknown: 'yellow' } as const
const GLYPH = { up: '●', down: '■', unknown: '◌' } as const
const FULL = 0.9

export class FleetScreen implements Pick<WatchListener, 'onHosts' | 'onRecent' | 'onTicks'> {
  readonly #locale: Locale
  readonly #hosts = new Map<number, HostSummary>()
  readonly #cpu = new Map<number, RecentValues>()

  constructor(locale: Locale) {
    this.#locale = locale
  }

  onHosts(hosts: readonly HostSummary[]): void {
    for (const host of hosts) {
      this.#hosts.set(host.id, host)
      const { figures } = host
      if (figures && figures.cpuRatio !== null) this.#cpuOf(host.id).add(figures.timeMs, figures.cpuRatio) // prettier-ignore
    }
  }

  onRecent(
    hostId: number,
    { endMs, stepMs, cpuRatio }: Parameters<WatchListener['onRecent']>[1],
  ): void {
    cpuRatio.forEach((ratio, index) => {
      const timeMs = endMs - (cpuRatio.length - 1 - index) * stepMs
      if (ratio !== null) this.#cpuOf(hostId).add(timeMs, ratio)
    })
  }

  onTicks(): void {}

  /** One line: how many there are, and how they are. */
  summary(): string {
    const count = (status: HostSummary['status']) =>
      [...this.#hosts.values()].filter((host) => host.status === status).length
    const words = SHOW_WORDS[this.#locale].statuses
    const parts = (['down', 'unknown', 'up'] as const)
      .filter((status) => count(status) > 0)
      .map((status) => `${count(status)} ${words[status]}`)
    return `${WATCH_WORDS[this.#locale].hosts(this.#hosts.size)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`
  }

  lines(width: number, nowMs: number): StyledLine[] {
    const words = WATCH_WORDS[this.#locale]
    const names = Math.max(
      4,
      ...[...this.#hosts.values()].map(({ name }) => Array.from(name).length),
    )
    const widths = { name: Math.min(28, names), bars: Math.max(0, Math.min(60, width - 92)) }
    const head = [
      column(words.status, 12),
      column(words.name, widths.name),
      column(words.cpu, 8, 'right'),
      ...(widths.bars > 0 ? [' '.repeat(widths.bars)] : []),
      column(words.memory, 8, 'right'),
      column(words.disk, 20, 'left'),
      column(words.received, 12, 'right'),
      column(words.sent, 12, 'right'),
    ].join('  ')
    return [
      [{ text: head, style: 'dim' }],
      ...this.#sorted().map((host) => this.#row(host, widths, nowMs)),
    ]
  }

  #cpuOf(hostId: number): RecentValues {
    const known = this.#cpu.get(hostId)
    if (known) return known
    const interval = this.#hosts.get(hostId)?.intervalMs ?? 1000
    const recent = new RecentValues(interval, WATCH_BACK_MS)
    this.#cpu.set(hostId, recent)
    return recent
  }

  /** By status, then by the fullest of what fills up, in steps of a tenth: a list that jumps cannot be read. */
  #sorted(): HostSummary[] {
    const fullness = ({ figures }: HostSummary): number =>
      Math.floor(10 * Math.max(figures?.memoryRatio ?? 0, figures?.fullestFilesystem?.usedRatio ?? 0)) // prettier-ignore
    return [...this.#hosts.values()].sort(
      (a, b) =>
        RANK[a.status] - RANK[b.status] ||
        fullness(b) - fullness(a) ||
        a.name.localeCompare(b.name),
    )
  }

  #row(host: HostSummary, widths: { name: number; bars: number }, nowMs: number): StyledLine {
    const { status, name, figures, lastSeenMs } = host
    const locale = this.#locale
    const ratio = (value: number | null | undefined) => joined(formatValue(value, '1', locale))
    const rate = (value: number | null | undefined) => joined(formatValue(value, 'By/s', locale))
    const fullest = figures?.fullestFilesystem
    const age = lastSeenMs === null ? '' : ` ${joined(formatAge(nowMs - lastSeenMs, locale))}`
    const state = `${GLYPH[status]} ${SHOW_WORDS[locale].statuses[status]}${status === 'up' ? '' : age}`
    const stale: { style?: Style } = status === 'up' ? {} : { style: 'dim' }
    const filled = (value: number | null | undefined, text: string): Span =>
      (value ?? 0) >= FULL ? { text, style: 'yellow' } : { text, ...stale }
    const gap = { text: '  ' }
    return [
      { text: column(state, 12), style: STATUS_STYLE[status] },
      gap,
      { text: column(name, widths.name), style: 'bold' },
      gap,
      filled(figures?.cpuRatio, column(ratio(figures?.cpuRatio), 8, 'right')),
      gap,
      ...(widths.bars > 0
        ? [
            {
              text: sparkline(this.#cpuOf(host.id).read(), widths.bars, 1),
              style: 'cyan' as const,
            },
            gap,
          ]
        : []),
      filled(figures?.memoryRatio, column(ratio(figures?.memoryRatio), 8, 'right')),
      gap,
      filled(
        fullest?.usedRatio,
        column(fullest ? `${ratio(fullest.usedRatio)} ${fullest.mountpoint}` : '–', 20),
      ),
      gap,
      { text: column(rate(figures?.receiveBytesPerS), 12, 'right'), ...stale },
      gap,
      { text: column(rate(figures?.transmitBytesPerS), 12, 'right'), ...stale },
    ]
  }
}
