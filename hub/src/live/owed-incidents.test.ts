import type { Incident } from '@vigie/shared/api/incident'
import { describe, expect, it } from 'vitest'
import { OwedIncidents } from './owed-incidents.ts'

const incident = (id: number, state: Incident['state'] = 'firing'): Incident => ({
  id,
  kind: 'incident',
  rule: { id: 1, key: 'unexpected-reboot', name: 'Reboot', condition: { type: 'reboot' } },
  severity: 'crisis',
  hostId: 1,
  hostName: 'web-1',
  series: '',
  state,
  sinceMs: 1000,
  firedMs: 1000,
  acknowledgedMs: null,
  owner: null,
  resolvedMs: null,
  resolvedWhy: null,
  value: null,
  worst: null,
  detail: {},
  isSilenced: false,
  foldedInto: null,
  mail: { waiting: 0, delivered: 0, refused: 0, tookMs: null, nextMs: null },
})

describe('L7 what a browser is owed of incidents', () => {
  it('begins with all that are open, even when that is none', () => {
    const owed = new OwedIncidents()
    owed.add({ changed: [], removed: [] })
    expect(owed.take()).toEqual({ type: 'incidents', changed: [], removed: [] })
    expect(owed.take()).toBeUndefined()
  })

  it('is the newest state of each', () => {
    const owed = new OwedIncidents()
    owed.add({ changed: [incident(1), incident(2)], removed: [] })
    owed.add({ changed: [incident(1, 'acknowledged')], removed: [2] })
    expect(owed.take()).toEqual({
      type: 'incidents',
      changed: [incident(1, 'acknowledged')],
      removed: [2],
    })
    expect(owed.take()).toBeUndefined()
  })
})
