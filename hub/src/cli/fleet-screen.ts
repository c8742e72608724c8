// Owns the screen of `vigie watch`: the fleet, worst first.
import type { HostSummary } from '@vigie/shared/api/host'
import type { Locale } from '@vigie/shared/format/locale'
import { fleetColumns } from './fleet-columns.ts'
import { RecentValues } from './recent-values.ts'
import { column, type Span, type StyledLine } from './screen.ts'
import { SHOW_WORDS } from './show-words.ts'
import { WATCH_BACK_MS, type WatchListener } from './watch-feed.ts'
import { WATCH_WORDS } from './watch-words.ts'

const RANK = { down: 0, unknown: 1, up: 2 } as const
export class FleetScreen implements Pick<
  WatchListener,
  'onHosts' | 'onRemoved' | 'onRecent' | 'onTicks'
> {
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

  onRemoved(hostIds: readonly number[]): void {
    for (const id of hostIds) {
      this.#hosts.delete(id)
      this.#cpu.delete(id)
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
    const hosts = this.#sorted()
    const columns = fleetColumns(hosts, {
      locale: this.#locale,
      width,
      nowMs,
      cpuOf: ({ id }) => this.#cpuOf(id).read(),
    })
    const lineOf = (spans: Span[]): StyledLine =>
      spans.flatMap((span, index) => (index === 0 ? [span] : [{ text: '  ' }, span]))
    return [
      lineOf(
        columns.map(({ heading, width: own, align }) => ({
          text: column(heading, own, align),
          style: 'dim',
        })),
      ),
      ...hosts.map((host) =>
        lineOf(
          columns.map(({ width: own, align, cell }) => {
            const { text, ...look } = cell(host)
            return { text: column(text, own, align), ...look }
          }),
        ),
      ),
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
}
