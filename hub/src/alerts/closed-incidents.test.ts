import { expect, it } from 'vitest'
import { resolved, sampleIncident } from '../../test/sample-alerts.ts'
import { ClosedIncidents } from './closed-incidents.ts'

it('forgets what is old, whatever else is silenced for weeks', () => {
  const closed = new ClosedIncidents([
    sampleIncident(1, { hostId: 1, ...resolved(1000) }),
    sampleIncident(2, { hostId: 2, ...resolved(1000) }),
    sampleIncident(3, { hostId: 2, ...resolved(2000) }),
  ])
  closed.forgetBefore(2000, ({ hostId }) => hostId === 1)
  expect([...closed.list()].map(({ id }) => id)).toEqual([1, 3])
  expect(closed.ofHost(2).map(({ id }) => id)).toEqual([3])
  expect(closed.get(2)).toBeUndefined()
})
