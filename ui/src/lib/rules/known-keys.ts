// Owns the finding out which series hosts have, so that a rule can be told to watch them.
import type { HostDetail } from '@vigie/shared/api/host'
import { spread } from '../compare/known-series.ts'

/** Written series of some of the hosts; those that do not answer are left out. */
export async function knownKeys(
  hostIds: readonly number[],
  detail: (id: number) => Promise<Pick<HostDetail, 'values'>>,
): Promise<string[]> {
  const answers = await Promise.allSettled(spread(hostIds).map((id) => detail(id)))
  const keys = answers.flatMap((answer) =>
    answer.status === 'fulfilled' ? Object.keys(answer.value.values) : [],
  )
  return [...new Set(keys)]
}
