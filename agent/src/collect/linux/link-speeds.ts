// Owns the speeds of links, from /sys/class/net: the driver answers, under a lock that others may hold for long.
import { readFile } from 'node:fs/promises'
import { seriesKey, type SeriesKey } from '@vigie/shared/metrics/series'
import { DeadlineError, type RiskyCalls } from '../risky-calls.ts'
import type { Found } from '../slow-source.ts'
import type { Troubles } from '../troubles.ts'

const DEADLINE_MS = 1000
const BITS_PER_MEGABIT = 1e6

export interface LinkSpeedsOptions {
  readonly root: string
  readonly calls: RiskyCalls
  readonly troubles: Troubles
}

/** Speeds in bit/s of those interfaces whose driver has one to tell (not Wi-Fi, tunnels, links that are down). */
export async function readLinkSpeeds(
  names: readonly string[],
  { root, calls, troubles }: LinkSpeedsOptions,
): Promise<Found> {
  const keys: SeriesKey[] = []
  const values: number[] = []
  for (const name of names) {
    const path = `${root}sys/class/net/${name}/speed`
    try {
      const megabits = Number(await calls.call(path, DEADLINE_MS, () => readFile(path, 'utf8')))
      if (!(megabits > 0)) continue
      keys.push(seriesKey('system.network.speed', { 'network.interface.name': name }))
      values.push(megabits * BITS_PER_MEGABIT)
    } catch (cause) {
      // EINVAL is how a driver says that it has no speed; only silence is a trouble.
      if (cause instanceof DeadlineError) troubles.failed(`link speed of ${name}`, cause)
    }
  }
  return { keys, values }
}
