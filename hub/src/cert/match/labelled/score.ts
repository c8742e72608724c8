// Owns how good verdicts are against labels: how many that say *concerned* are right, and how many such pairs are found.
import type { Verdict } from '@vigie/shared/api/advisory'
import type { Match } from '../../ports.ts'
import { LABELLED, referenceOf, type Labelled } from './documents.ts'
import { HOST_NAMES } from './hosts.ts'

export interface Score {
  /** Pairs of an advisory and a machine. */
  readonly pairs: number
  readonly notPairs: number
  /** Pairs that are concerned, that the matcher calls so, and that are both. */
  readonly concerned: number
  readonly said: number
  readonly right: number
  /** Of those that the matcher calls concerned, the share that is. */
  readonly precision: number
  /** Of those that are concerned, the share that the matcher calls so. */
  readonly recall: number
  /** Of all pairs, the share whose verdict is the label. */
  readonly agreement: number
  /** `reference host: label, verdict`. */
  readonly wrong: readonly string[]
}

export interface Label {
  readonly reference: string
  readonly host: string
  readonly verdict: Verdict
}

/** A label for every advisory and every machine. */
export function labels(
  labelled: readonly Labelled[] = LABELLED,
  hostNames: readonly string[] = HOST_NAMES,
): Label[] {
  return labelled.flatMap(({ concerned = '', check = '' }, index) => {
    const [isConcerned, isToCheck] = [concerned.split(' '), check.split(' ')]
    return hostNames.map((host): Label => {
      const verdict = isConcerned.includes(host)
        ? 'concerned'
        : isToCheck.includes(host)
          ? 'check'
          : 'not'
      return { reference: referenceOf(index), host, verdict }
    })
  })
}

/** Compares matches, whose hosts are numbered as they are named, with labels. */
export function score(
  all: readonly Label[],
  matches: readonly Match[],
  hostNames: readonly string[] = HOST_NAMES,
): Score {
  const verdicts = new Map(
    matches.map(({ reference, hostId, verdict }) => [
      `${reference} ${hostNames[hostId - 1] ?? ''}`,
      verdict,
    ]),
  )
  const pairs = all.map(({ reference, host, verdict: label }) => {
    const verdict: Verdict = verdicts.get(`${reference} ${host}`) ?? 'not'
    return { name: `${reference} ${host}: ${label}, ${verdict}`, label, verdict }
  })
  const said = pairs.filter(({ verdict }) => verdict === 'concerned')
  const true_ = pairs.filter(({ label }) => label === 'concerned')
  const right = said.filter(({ label }) => label === 'concerned').length
  const wrong = pairs.filter(({ label, verdict }) => label !== verdict)
  return {
    pairs: pairs.length,
    notPairs: pairs.filter(({ label }) => label === 'not').length,
    concerned: true_.length,
    said: said.length,
    right,
    precision: said.length === 0 ? 1 : right / said.length,
    recall: true_.length === 0 ? 1 : right / true_.length,
    agreement: 1 - wrong.length / Math.max(1, pairs.length),
    wrong: wrong.map(({ name }) => name),
  }
}
