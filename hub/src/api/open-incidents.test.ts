import type { Incident } from '@vigie/shared/api/incident'
import { describe, expect, it } from 'vitest'
import { openPage } from './open-incidents.ts'

const NO_MAIL = { waiting: 0, delivered: 0, refused: 0, tookMs: null, nextMs: null }

const incident = (id: number, given: Partial<Incident>): Incident => ({
  id,
  kind: 'incident',
  rule: { id: 1, key: 'unexpected-reboot', name: 'Reboot', condition: { type: 'reboot' } },
  severity: 'warning',
  hostId: 1,
  hostName: 'web-1',
  series: '',
  state: 'firing',
  sinceMs: id * 1000,
  firedMs: id * 1000,
  acknowledgedMs: null,
  owner: null,
  resolvedMs: null,
  resolvedWhy: null,
  value: null,
  worst: null,
  detail: {},
  isSilenced: false,
  foldedInto: null,
  mail: NO_MAIL,
  ...given,
})

const ALL = { toMs: 1e12, after: undefined, size: 10 }
const idsOf = (page: { items: Incident[] }): number[] => page.items.map(({ id }) => id)

describe('open incidents', () => {
  const current = [
    incident(1, { sinceMs: 9000 }),
    incident(2, { sinceMs: 5000 }),
    incident(3, { severity: 'crisis', sinceMs: 7000, hostId: 2 }),
    incident(4, { severity: 'crisis', sinceMs: 8000, state: 'acknowledged' }),
    incident(5, { severity: 'crisis', state: 'pending' }),
  ]

  it('come the most severe first, then the oldest; pending ones are none', () => {
    expect(idsOf(openPage(current, ALL))).toEqual([3, 4, 2, 1])
    expect(idsOf(openPage(current, { ...ALL, hostIds: [2] }))).toEqual([3])
    expect(idsOf(openPage(current, { ...ALL, toMs: 7500 }))).toEqual([3, 2])
  })

  it('go on behind a page, although what ended it is open no more', () => {
    const first = openPage(current, { ...ALL, size: 2 })
    expect(idsOf(first)).toEqual([3, 4])
    const rest = current.filter(({ id }) => id !== 4)
    const second = openPage(rest, { ...ALL, after: first.next ?? '' })
    expect(idsOf(second)).toEqual([2, 1])
    expect(second.next).toBeNull()
  })

  it('know the cursor of another list', () => {
    expect(() => openPage(current, { ...ALL, after: '12' })).toThrow('query/after')
  })
})
