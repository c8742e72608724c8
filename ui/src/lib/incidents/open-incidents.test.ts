import { describe, expect, it } from 'vitest'
import type { IncidentListener } from '../live/live-connection.svelte.ts'
import { FIRED_MS, fullDisk, incidentOf } from './incident.test-support.ts'
import { OpenIncidents } from './open-incidents.svelte.ts'

const ids = (list: readonly { id: number }[]) => list.map(({ id }) => id)

function heard() {
  const open = new OpenIncidents()
  let hear: IncidentListener['onIncidents'] = () => undefined
  open.start({
    watchIncidents: (listener) => {
      hear = (...args) => listener.onIncidents(...args)
      return () => undefined
    },
  })
  return {
    open,
    tell: (changed: ReturnType<typeof incidentOf>[], removed: number[] = [], isAll = false) =>
      hear({ type: 'incidents', changed, removed }, isAll),
  }
}

describe('the incidents that are open', () => {
  it('come most severe first, then oldest', () => {
    const { open, tell } = heard()
    expect(open.isLoaded).toBe(false)
    tell([fullDisk(1), incidentOf(2), incidentOf(3, { firedMs: FIRED_MS - 1 })], [], true)
    expect(open.isLoaded).toBe(true)
    expect(ids(open.list)).toEqual([3, 2, 1])
    expect(ids(open.byHost.get(3) ?? [])).toEqual([3, 2])
  })

  it('leave when they end, and those of before are forgotten after an absence', () => {
    const { open, tell } = heard()
    tell([incidentOf(1), incidentOf(2), incidentOf(3)], [], true)
    tell([incidentOf(1, { state: 'resolved' }), incidentOf(2, { state: 'acknowledged' })], [3])
    expect(ids(open.list)).toEqual([2])
    tell([incidentOf(9)], [], true)
    expect(ids(open.list)).toEqual([9])
  })

  it('D4 are told by the loss of sight that they are part of, while it is open', () => {
    const { open, tell } = heard()
    const lost = incidentOf(1, { kind: 'lost-sight', hostId: null, hostName: null })
    tell([lost, incidentOf(2, { foldedInto: 1 }), incidentOf(3)], [], true)
    expect(ids(open.shown)).toEqual([1, 3])
    tell([], [1])
    expect(ids(open.shown)).toEqual([2, 3])
  })
})
