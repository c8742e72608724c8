import { describe, expect, it } from 'vitest'
import {
  advisoryOf,
  detailOf,
  english,
  failedRun,
  handled,
  sourceOf,
  watchOf,
  comparedOf,
} from './advisory.test-support.ts'
import { leadOf, type LeadFacts } from './cert-lead.ts'

const say = (facts: Partial<LeadFacts>) =>
  leadOf({ open: [], details: [], watch: watchOf(), ...facts }, english).join(' ')

const hostOf = (hostId: number, verdict: 'concerned' | 'check' = 'concerned') => ({
  hostId,
  hostName: `web-${hostId}`,
  verdict,
  evidence: [],
  sinceMs: 0,
  packagesMs: 0,
})

describe('the first sentence about advisories', () => {
  it('counts a host once, however many alerts concern it', () => {
    const open = [
      advisoryOf(1, { concerned: 2, toCheck: 1 }),
      advisoryOf(2, { concerned: 1 }),
      advisoryOf(3),
    ]
    const details = [
      detailOf(1, { hosts: [hostOf(1), hostOf(2), hostOf(3, 'check')] }),
      detailOf(2, { hosts: [hostOf(1)] }),
    ]
    expect(say({ open, details })).toBe(
      '2 open alerts concern your hosts: 2 hosts to update. One more is open and asks for nothing.',
    )
  })

  it('names no number of hosts before every one of them was read', () => {
    const open = [advisoryOf(1, { concerned: 2 }), advisoryOf(2, { concerned: 1 })]
    const details = [detailOf(1, { hosts: [hostOf(1)] })]
    expect(say({ open, details })).toBe('2 open alerts concern your hosts.')
  })

  it('keeps what may concern apart from what does, and leaves out what was dealt with', () => {
    const open = [advisoryOf(1, { toCheck: 4 }), advisoryOf(2, { concerned: 9, handled })]
    expect(say({ open })).toBe(
      'One open alert may concern your hosts and is to be checked. One more is open and asks for nothing.',
    )
  })

  it('does not claim that nobody is concerned when no host tells its packages', () => {
    const compared = comparedOf({ hosts: 0, packages: 0, matchedMs: null })
    expect(say({ open: [advisoryOf(1)], watch: watchOf({ compared }) })).toContain(
      'it is not known whom they concern',
    )
  })

  it('does not claim that nobody is concerned of hosts that cannot be compared whole', () => {
    const without = [{ hostId: 3, hostName: 'web-3', lacks: ['rpm' as const] }]
    const watch = watchOf({ compared: comparedOf({ without }) })
    const uncompared = '1 host could not be compared whole: for it, nothing is certain.'
    expect(say({ open: [advisoryOf(1)], watch })).toContain(uncompared)
    expect(say({ open: [advisoryOf(1)] })).not.toContain('compared whole')
  })

  it('never says that nothing is open when the watch could not see', () => {
    const blind = sourceOf({ failedInARow: 4, wellSinceMs: null })
    const never = watchOf({ sources: [blind], runs: [failedRun(1)] })
    expect(say({ watch: never })).toContain('is not known')
    const before = watchOf({ sources: [sourceOf({ failedInARow: 4, lastChangeMs: 1 })] })
    expect(say({ watch: before })).toContain('could not see the last 4 times')
    expect(
      say({ watch: watchOf({ sources: [sourceOf({ wellSinceMs: null })], runs: [] }) }),
    ).toContain('has not looked yet')
  })

  it('says that the watch is off, beside what is known from before', () => {
    const watch = watchOf({ sources: [sourceOf({ isOn: false })] })
    expect(say({ watch, open: [advisoryOf(1)] })).toMatch(/^The watch is off.*One is open\.$/)
  })
})
