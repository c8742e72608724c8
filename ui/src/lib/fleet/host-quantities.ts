// Owns how a host's figures are written in the fleet.
import type { HostFigures } from '@vigie/shared/api/host'
import { formatAge } from '../format/duration.ts'
import { formatValue } from '../format/format-value.ts'
import { fixed } from '../format/number.ts'
import { joined, UNKNOWN, type Quantity } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

export interface HostQuantities {
  readonly cpu: Quantity
  readonly memory: Quantity
  readonly filesystem: Quantity
  /** Where the fullest filesystem is mounted; empty when none is known. */
  readonly mountpoint: string
  readonly receive: Quantity
  readonly transmit: Quantity
  readonly load: Quantity
  readonly temperature: Quantity
}

const SECOND_MS = 1000
const WHOLE = { percentDecimals: 0 }

export function quantitiesOf(figures: HostFigures | null, locale: Locale): HostQuantities {
  const fullest = figures?.fullestFilesystem
  const load = figures?.loadPerCore ?? null
  const celsius = figures?.temperatureCel ?? null
  return {
    cpu: formatValue(figures?.cpuRatio, '1', locale, WHOLE),
    memory: formatValue(figures?.memoryRatio, '1', locale, WHOLE),
    filesystem: formatValue(fullest?.usedRatio, '1', locale, WHOLE),
    mountpoint: fullest?.mountpoint ?? '',
    receive: formatValue(figures?.receiveBytesPerS, 'By/s', locale),
    transmit: formatValue(figures?.transmitBytesPerS, 'By/s', locale),
    load: load === null ? UNKNOWN : { number: fixed(load, 2, locale), unit: '' },
    temperature: celsius === null ? UNKNOWN : { number: fixed(celsius, 0, locale), unit: '°C' },
  }
}

/** How long ago a host was heard, from a second up: within the last one is as fresh as it gets. */
export function seenAge(lastSeenMs: number | null, nowMs: number, locale: Locale): Quantity {
  return lastSeenMs === null ? UNKNOWN : formatAge(Math.max(SECOND_MS, nowMs - lastSeenMs), locale)
}

/** `memory 98 %, / 44 %`, of a host that is gone; empty when nothing is known. */
export function lastKnownFacts(
  figures: HostFigures | null,
  locale: Locale,
  t: typeof Translate,
): string {
  if (!figures) return ''
  const { memory, mountpoint, filesystem } = quantitiesOf(figures, locale)
  const facts = [t('fleet:factMemory', { value: joined(memory) })]
  if (mountpoint !== '') facts.push(`${mountpoint} ${joined(filesystem)}`)
  return facts.join(', ')
}

/** `Debian 12` for `Debian GNU/Linux 12 (bookworm)`: what tells systems apart, in the room of a column. */
export function systemName(system: string | null): string | null {
  return system?.replace(' GNU/Linux', '').replace(/ \(.*\)$/, '') ?? null
}
