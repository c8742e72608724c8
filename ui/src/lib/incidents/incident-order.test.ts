import { expect, it } from 'vitest'
import { eachOnce, stillOpen } from './incident-order.ts'
import { FIRED_MS, incidentOf } from './incident.test-support.ts'
import { lanesOf } from './lanes.ts'

const over = { state: 'resolved', resolvedMs: FIRED_MS + 60_000 } as const

it('an incident that was read as over before the message of its end is there once, and over', () => {
  const all = eachOnce(
    [incidentOf(1, over), incidentOf(3, over)],
    [incidentOf(1), incidentOf(2, { state: 'acknowledged' })],
  )
  expect(all.map(({ id, state }) => `${id} ${state}`)).toEqual([
    '1 resolved',
    '3 resolved',
    '2 acknowledged',
  ])
  const [lane] = lanesOf(all, { fromMs: 0, hubName: 'hub', locale: 'en' })
  expect(lane?.bars.map(({ id }) => id).sort()).toEqual([1, 2, 3])
})

it('of one that goes on, the message is the newer word', () => {
  const [only] = eachOnce([incidentOf(1)], [incidentOf(1, { state: 'acknowledged' })])
  expect(only?.state).toBe('acknowledged')
})

it('is not open any more when it was read as over', () => {
  const open = [incidentOf(1), incidentOf(2), incidentOf(3)]
  const read = [incidentOf(2, { state: 'resolved' }), incidentOf(3, { state: 'acknowledged' })]
  expect(stillOpen(open, read).map(({ id }) => id)).toEqual([1, 3])
})
