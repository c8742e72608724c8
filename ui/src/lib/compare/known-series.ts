// Owns the finding out which series hosts have: of a few of them, for a thousand would be a thousand questions.
import type { HostDetail } from '@vigie/shared/api/host'
import { KnownSeries } from './series-choice.ts'

const ASKED_HOSTS = 12

/** The hosts to ask, spread over all that were chosen. */
export function spread(ids: readonly number[]): number[] {
  const stride = Math.max(1, ids.length / ASKED_HOSTS)
  const count = Math.min(ASKED_HOSTS, ids.length)
  return Array.from({ length: count }, (_, index) => ids[Math.floor(index * stride)] ?? 0)
}

/** What is known of those that answer: a choice can be made without the others. */
export async function knownSeries(
  ids: readonly number[],
  detail: (id: number) => Promise<Pick<HostDetail, 'values'>>,
): Promise<KnownSeries> {
  const answers = await Promise.allSettled(ids.map((id) => detail(id)))
  return new KnownSeries(
    answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? Object.keys(answer.value.values) : [],
    ),
  )
}
