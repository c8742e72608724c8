// Owns which documents are labelled against which machines. Each set was written for itself and is compared by itself.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import { FOURTH_DOCUMENTS } from './fourth/documents.ts'
import { FOURTH_FLEET } from './fourth/inventories.ts'
import { LABELLED, labelledDocuments, type Labelled } from './documents.ts'
import { FIRST_FLEET, labelledHosts, type Fleet } from './hosts.ts'
import { LATER_REAL_LABELS } from './later-real-labels.ts'
import { labels, score, type Score } from './score.ts'
import { SECOND_DOCUMENTS } from './second/documents.ts'
import { SECOND_FLEET } from './second/inventories.ts'
import { THIRD_DOCUMENTS } from './third/documents.ts'
import { THIRD_FLEET } from './third/inventories.ts'
import { matchHosts } from '../match-hosts.ts'
import { prepareAdvisories } from '../prepare.ts'
import type { ProductAliases } from '../product-aliases.ts'

export interface LabelledSet {
  readonly name: string
  readonly documents: readonly Labelled[]
  readonly fleet: Fleet
}

export const LABELLED_SETS: readonly LabelledSet[] = [
  { name: 'first', documents: LABELLED, fleet: FIRST_FLEET },
  { name: 'second', documents: SECOND_DOCUMENTS, fleet: SECOND_FLEET },
  { name: 'third', documents: THIRD_DOCUMENTS, fleet: THIRD_FLEET },
  { name: 'fourth', documents: FOURTH_DOCUMENTS, fleet: FOURTH_FLEET },
]

/** How good verdicts are on real documents of CERT-FR and the later fleets. */
export function realScores(
  documents: readonly AdvisoryDocument[],
  aliases: ProductAliases,
): Score[] {
  const prepared = prepareAdvisories(documents, aliases)
  return LABELLED_SETS.flatMap(({ name, fleet }): Score[] => {
    const real = LATER_REAL_LABELS[name]
    if (!real) return []
    const names = Object.keys(fleet)
    const nobody = real.nobody.split(/\s+/).map((reference) => [reference, {}] as const)
    const all = [...Object.entries(real.judged), ...nobody].flatMap(([reference, judged]) =>
      labels([{ title: '', affected: '', ...judged }], names).map((one) => ({ ...one, reference })),
    )
    return [score(all, matchHosts(prepared, labelledHosts(fleet)), names)]
  })
}

/** How good verdicts are on one set. */
export function scoreOf({ documents, fleet }: LabelledSet, aliases: ProductAliases): Score {
  const prepared = prepareAdvisories(labelledDocuments(documents), aliases)
  const names = Object.keys(fleet)
  return score(labels(documents, names), matchHosts(prepared, labelledHosts(fleet)), names)
}
