// Owns how the filesystems of a host are told: one bar each, by space or by inodes.
import type { Inventory } from '@vigie/shared/protocol/inventory'
import { formatValue } from '../format/format-value.ts'
import { joined, type Quantity } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'
import { NEARLY_FULL, type Filesystem } from './filesystems.ts'
import type { Say } from './plan/host-plan.ts'

export interface FilesystemBar {
  readonly mount: string
  readonly type: string
  readonly isReadOnly: boolean
  readonly isWarning: boolean
  readonly series: string
  readonly used: number
  readonly usedRatio: number
  readonly share: Quantity
  readonly size: string
  readonly left: string
  readonly sentence: string
}

/** In the order given; filesystems that do not count what is asked for are left out. */
export function filesystemBars(
  filesystems: readonly Filesystem[],
  options: {
    of: 'space' | 'inodes'
    inventory: Inventory | null
    say: Say
    locale: Locale
  },
): FilesystemBar[] {
  const { of, inventory, say, locale } = options
  const unit = of === 'space' ? 'By' : '{inode}'
  const write = (value: number) => joined(formatValue(value, unit, locale))
  return filesystems.flatMap((filesystem) => {
    const fill = filesystem[of]
    if (!fill) return []
    const { mount, isReadOnly } = filesystem
    const share = formatValue(fill.usedRatio, '1', locale)
    return {
      mount,
      type: inventory?.filesystems.find((each) => each.mountpoint === mount)?.type ?? '',
      isReadOnly,
      isWarning: fill.usedRatio >= NEARLY_FULL,
      series: fill.series,
      used: fill.used,
      usedRatio: Math.min(1, fill.usedRatio),
      share,
      size: say('filesystem.used', { used: write(fill.used), total: write(fill.total) }),
      left: say('filesystem.available', { available: write(fill.available) }),
      sentence: say('filesystem.percent', { value: joined(share) }),
    }
  })
}
