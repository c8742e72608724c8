// Why an advisory concerns no machine (docs/cert.md, A8): said from what was seen, or not at all.
import { describe, expect, it } from 'vitest'
import { createMatcher } from './match-hosts.ts'
import { advisory, aliases, dpkg, machine } from './matching-fixtures.ts'
import { prepareAdvisories } from './prepare.ts'
import { SeenPackages } from './seen-packages.ts'

describe('A8: why not', () => {
  it('tells the package that most machines have, its lowest and highest version, each machine once', () => {
    const seen = new SeenPackages(new Set(['A']))
    for (const [hostId, version] of [
      [1, '1.10-1'],
      [1, '1.10-1'],
      [2, '1.9-3'],
      [3, '1:1.2-1'],
    ] as const) {
      seen.note('A', hostId, dpkg('tarnel', version))
    }
    seen.note('A', 1, dpkg('tarnel-tools', '9'))
    seen.note('B', 1, dpkg('tarnel', '9'))
    expect(seen.whyNot('A', true)).toEqual({
      reason: 'other-version',
      package: { name: 'tarnel', lowest: '1:1.2-1', highest: '1.10-1', hosts: 3 },
    })
    expect(seen.whyNot('B', true)).toEqual({ reason: 'not-installed', package: null })
  })

  it('says nothing of what says nothing, or is about a system that a machine runs', () => {
    const seen = new SeenPackages(new Set(['A']))
    expect(seen.whyNot('A', false).reason).toBe('nothing-found')
    seen.noteSystem('A')
    expect(seen.whyNot('A', true).reason).toBe('nothing-found')
  })

  it('tells of nginx that it is there and newer, of a product that nobody has that it is not', () => {
    const documents = [
      advisory({ reference: 'A' }, ['nginx versions antérieures à 1.26.2']),
      advisory({ reference: 'B' }, ['Tarnel versions antérieures à 3']),
      advisory({ reference: 'C' }),
    ]
    const matcher = createMatcher(prepareAdvisories(documents, aliases), new Set(['A', 'B', 'C']))
    matcher.match(machine([dpkg('nginx', '1.27.0-1~bookworm')]))
    expect(matcher.whyNot('A').package).toMatchObject({ name: 'nginx', hosts: 1 })
    expect(['B', 'C'].map((reference) => matcher.whyNot(reference).reason)).toEqual([
      'not-installed',
      'nothing-found',
    ])
  })
})
