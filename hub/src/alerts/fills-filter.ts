// Owns which series stands for a filesystem that fills up: the ratio of it that is used.
import type { FillsCondition, SeriesFilter } from '@vigie/shared/api/rule'

export function fillsFilter({ mountpoint }: Pick<FillsCondition, 'mountpoint'>): SeriesFilter {
  return {
    metric: 'system.filesystem.utilization',
    attributes: { 'system.filesystem.mountpoint': mountpoint },
  }
}
