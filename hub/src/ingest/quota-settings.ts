// Owns the settings of how much a host's agent may send.
import { parseSize, setting } from '../setting.ts'
import { QUOTAS, type QuotaLimits } from './quotas.ts'

const wholeNumber = (least: number, most: number) =>
  setting(`a whole number from ${least} to ${most}`, (written) => {
    const number = /^\d{1,9}$/.test(written) ? Number(written) : NaN
    return number >= least && number <= most
  })

export const QUOTA_CONFIG = {
  quotaBytes: setting(
    'a size from 1MB on, of a day, such as 1GB',
    (written) => (parseSize(written) ?? 0) >= 1e6,
  ),
  quotaFrames: wholeNumber(2, 10_000),
  quotaTables: wholeNumber(10, 100_000),
  quotaSeries: wholeNumber(10, 4096),
  quotaCustom: wholeNumber(0, 4096),
}

export type WrittenQuotas = Partial<Record<keyof typeof QUOTA_CONFIG, string>>

/** Of settings that were checked. */
export function readQuotas(written: WrittenQuotas): QuotaLimits {
  const number = (text: string | undefined, usual: number): number =>
    text === undefined ? usual : Number(text)
  return {
    bytesPerDay: parseSize(written.quotaBytes ?? '') ?? QUOTAS.bytesPerDay,
    framesPerSecond: number(written.quotaFrames, QUOTAS.framesPerSecond),
    tablesPerDay: number(written.quotaTables, QUOTAS.tablesPerDay),
    seriesPerTable: number(written.quotaSeries, QUOTAS.seriesPerTable),
    customPerTable: number(written.quotaCustom, QUOTAS.customPerTable),
    pace: QUOTAS.pace,
  }
}
