// How good verdicts are on the made-up fleet, whose labels were written by hand; the floors are the product's own.
import { describe, expect, it } from 'vitest'
import { createMatcher, matchHosts } from '../match-hosts.ts'
import { prepareAdvisories } from '../prepare.ts'
import { builtInAliases } from '../product-aliases.ts'
import { labelledDocuments } from './documents.ts'
import { labelledHosts } from './hosts.ts'
import { labels } from './score.ts'
import { LABELLED_SETS, scoreOf } from './sets.ts'

const PRECISION_FLOOR = 0.95
const RECALL_FLOOR = 0.9

describe.each(LABELLED_SETS)('the $name fleet', (set) => {
  it('has labels that name its machines', () => {
    const named = set.documents.flatMap(({ concerned = '', check = '' }) =>
      `${concerned} ${check}`.split(' '),
    )
    expect(named.filter((name) => name !== '' && !(name in set.fleet))).toEqual([])
  })

  it('gets few verdicts wrong', () => {
    const found = scoreOf(set, builtInAliases())
    expect(found.precision, found.wrong.join('\n')).toBeGreaterThanOrEqual(PRECISION_FLOOR)
    expect(found.recall, found.wrong.join('\n')).toBeGreaterThanOrEqual(RECALL_FLOOR)
    expect(found.agreement, found.wrong.join('\n')).toBeGreaterThanOrEqual(0.97)
  })
})

describe('the labelled fleet', () => {
  const prepared = prepareAdvisories(labelledDocuments(), builtInAliases())

  it('is large enough to say anything', () => {
    const all = labels()
    expect(all.length).toBeGreaterThan(300)
    expect(all.filter(({ verdict }) => verdict === 'not').length).toBeGreaterThan(all.length / 2)
    for (const { packages } of labelledHosts()) expect(packages.length).toBeGreaterThanOrEqual(40)
  })

  it('has evidence for every verdict, the strongest first', () => {
    const matches = matchHosts(prepared, labelledHosts())
    expect(matches.length).toBeGreaterThan(100)
    for (const { verdict, evidence } of matches) {
      expect(evidence[0]?.verdict).toBe(verdict)
      expect(evidence.every(({ line, rule }) => line !== '' && rule !== '')).toBe(true)
    }
  })

  it('says the same whether machines come together or one by one, in whichever order', () => {
    const together = matchHosts(prepared, labelledHosts())
    const matcher = createMatcher(prepared)
    const apart = labelledHosts()
      .toReversed()
      .flatMap((host) => matcher.match(host))
    const key = ({ reference, hostId }: { reference: string; hostId: number }): string =>
      `${String(hostId).padStart(3)} ${reference}`
    const sorted = (all: typeof apart) => all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    expect(sorted(apart)).toEqual(sorted(together))
  })
})
