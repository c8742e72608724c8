// Owns the filesystems of a host as its newest values tell them, fullest first.
import { SeriesIndex } from './series-index.ts'

const USAGE = 'system.filesystem.usage'
const INODES = 'system.filesystem.inodes'
const MOUNT = 'system.filesystem.mountpoint'
const STATE = 'system.filesystem.state'

/** A part of a whole, with the series that says how much is used. */
export interface Fill {
  readonly series: string
  readonly used: number
  /** What can still be used; root's reserve is neither used nor available. */
  readonly available: number
  readonly total: number
  /** Of what people can use, as `df` counts it. */
  readonly usedRatio: number
}

export interface Filesystem {
  readonly mount: string
  readonly space: Fill | null
  /** Null where the filesystem does not count them. */
  readonly inodes: Fill | null
  readonly isReadOnly: boolean
}

export function filesystemsOf(
  series: SeriesIndex,
  values: ReadonlyMap<string, number>,
): Filesystem[] {
  const fill = (metric: string, mount: string): Fill | null => {
    const read = (state: string) => {
      const key = series.find(metric, { [MOUNT]: mount, [STATE]: state })
      return key === undefined ? undefined : values.get(key)
    }
    const used = read('used')
    const free = read('free')
    const available = read('available') ?? free
    if (used === undefined || available === undefined || used + available === 0) return null
    return {
      series: series.find(metric, { [MOUNT]: mount, [STATE]: 'used' }) ?? '',
      used,
      available,
      total: used + (free ?? available),
      usedRatio: used / (used + available),
    }
  }
  return series
    .instances(USAGE, MOUNT)
    .map((mount) => {
      const readOnly = series.find('system.filesystem.read_only', { [MOUNT]: mount })
      return {
        mount,
        space: fill(USAGE, mount),
        inodes: fill(INODES, mount),
        isReadOnly: readOnly !== undefined && values.get(readOnly) === 1,
      }
    })
    .sort((a, b) => (b.space?.usedRatio ?? -1) - (a.space?.usedRatio ?? -1))
}

/** Above this a filesystem is worth a look. */
export const NEARLY_FULL = 0.9
