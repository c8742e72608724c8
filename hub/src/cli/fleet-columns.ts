// Owns the columns of the fleet in `vigie watch`, and which of them there is room for.
import type { HostSummary } from '@vigie/shared/api/host'
import { formatAge } from '@vigie/shared/format/duration'
import { formatValue } from '@vigie/shared/format/format-value'
import type { Locale } from '@vigie/shared/format/locale'
import { joined } from '@vigie/shared/format/quantity'
import { sparkline, type Span } from './screen.ts'
import { SHOW_WORDS } from './show-words.ts'
import { WATCH_WORDS } from './watch-words.ts'

export interface Column {
  readonly heading: string
  readonly width: number
  readonly align?: 'right'
  readonly cell: (host: HostSummary) => Span
}

interface Room {
  readonly locale: Locale
  readonly width: number
  readonly nowMs: number
  /** The last minutes, oldest first. */
  readonly cpuOf: (host: HostSummary) => readonly (number | null)[]
}

const STATUS_STYLE = { up: 'green', down: 'red', unknown: 'yellow' } as const
const GLYPH = { up: '●', down: '■', unknown: '◌' } as const
const FULL = 0.9
const BARS = { least: 8, most: 60 } as const

/** The first ones, as many as there is room for; what is left over goes to the last minutes of CPU. */
export function fleetColumns(hosts: readonly HostSummary[], room: Room): Column[] {
  const columns = [...namingColumns(hosts, room), ...figureColumns(room.locale)]
  const taken = () => columns.reduce((sum, { width }) => sum + width + 2, -2)
  while (columns.length > 2 && taken() > room.width) columns.pop()
  const bars = Math.min(BARS.most, room.width - taken() - 2)
  if (bars < BARS.least) return columns
  columns.splice(3, 0, {
    heading: '',
    width: bars,
    cell: (host) => ({ text: sparkline(room.cpuOf(host), bars, 1), style: 'cyan' }),
  })
  return columns
}

function namingColumns(hosts: readonly HostSummary[], { locale, width, nowMs }: Room): Column[] {
  const words = WATCH_WORDS[locale]
  const longest = (texts: readonly string[]) =>
    Math.max(...texts.map((text) => Array.from(text).length))
  const state = ({ status, lastSeenMs }: HostSummary): string => {
    const word = `${GLYPH[status]} ${SHOW_WORDS[locale].statuses[status]}`
    return status === 'up' || lastSeenMs === null
      ? word
      : `${word} ${joined(formatAge(nowMs - lastSeenMs, locale))}`
  }
  const names = longest([words.name, ...hosts.map(({ name }) => name)])
  return [
    {
      heading: words.status,
      width: longest([words.status, ...hosts.map(state)]),
      cell: (host) => ({ text: state(host), style: STATUS_STYLE[host.status] }),
    },
    {
      heading: words.name,
      width: Math.min(names, 28, Math.max(10, Math.floor(width * 0.4))),
      cell: ({ name }) => ({ text: name, style: 'bold' }),
    },
  ]
}

function figureColumns(locale: Locale): Column[] {
  const words = WATCH_WORDS[locale]
  const ratio = (value: number | null | undefined) => joined(formatValue(value, '1', locale))
  const rate = (value: number | null | undefined) => joined(formatValue(value, 'By/s', locale))
  const shown = ({ status }: HostSummary, text: string): Span =>
    status === 'up' ? { text } : { text, style: 'dim' }
  const filled = (host: HostSummary, value: number | null | undefined, text: string): Span =>
    (value ?? 0) >= FULL ? { text, style: 'yellow' } : shown(host, text)
  return [
    {
      heading: words.cpu,
      width: 6,
      align: 'right',
      cell: (host) => filled(host, host.figures?.cpuRatio, ratio(host.figures?.cpuRatio)),
    },
    {
      heading: words.memory,
      width: Math.max(6, words.memory.length),
      align: 'right',
      cell: (host) => filled(host, host.figures?.memoryRatio, ratio(host.figures?.memoryRatio)),
    },
    {
      heading: words.disk,
      width: 20,
      cell: (host) => {
        const fullest = host.figures?.fullestFilesystem
        if (!fullest) return shown(host, '–')
        const { usedRatio, mountpoint } = fullest
        return filled(host, usedRatio, `${ratio(usedRatio)} ${mountpoint}`)
      },
    },
    {
      heading: words.received,
      width: 10,
      align: 'right',
      cell: (host) => shown(host, rate(host.figures?.receiveBytesPerS)),
    },
    {
      heading: words.sent,
      width: 10,
      align: 'right',
      cell: (host) => shown(host, rate(host.figures?.transmitBytesPerS)),
    },
  ]
}
