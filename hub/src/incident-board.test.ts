// What pages are told of incidents, as they change and as their mails do.
import type { Incident } from '@vigie/shared/api/incident'
import { pino } from 'pino'
import { expect, it, onTestFinished, vi } from 'vitest'
import { driveAlerts, LOAD, loadRule } from '../test/driven-alerts.ts'
import { createIncidentBoard, type IncidentChanges } from './incident-board.ts'

async function boardOf(hosts: number) {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 })], hosts })
  const fault = { left: 0 }
  const board = await createIncidentBoard({
    alerts: hub.alerts,
    records: {
      mailOf: (ids) =>
        fault.left-- > 0
          ? Promise.reject(new Error('the database is busy'))
          : hub.store.alerts.mailOf(ids),
    },
    hostName: (id) => `web-${id}`,
    log: pino({ level: 'silent' }),
  })
  onTestFinished(() => board.close())
  const told: IncidentChanges[] = []
  const waiting = new Set<() => void>()
  board.onChange((changes) => {
    told.push(changes)
    for (const wake of waiting) wake()
  })
  const next = async (): Promise<IncidentChanges> => {
    for (;;) {
      const changes = told.shift()
      if (changes) return changes
      await new Promise<void>((resolve) => waiting.add(resolve))
    }
  }
  return { hub, board, next, fault }
}

const ids = (incidents: readonly Incident[]): number[] => incidents.map(({ id }) => id)

it('tells of what has changed, and of nothing else, however many are open', async () => {
  const { hub, board, next } = await boardOf(3)
  for (const hostId of [1, 2, 3]) hub.tick({ [LOAD]: 11 }, hostId)
  await hub.alerts.flush()
  expect(ids((await next()).changed)).toEqual([1, 2, 3])
  board.renew()
  await hub.alerts.acknowledge(2, { by: 'ada' })
  const { changed } = await next()
  expect(changed).toMatchObject([{ id: 2, owner: 'ada', hostName: 'web-2' }])
})

it('tells of it later when the database did not say how mails stand', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { hub, board, next, fault } = await boardOf(1)
  fault.left = 1
  hub.tick({ [LOAD]: 11 })
  await hub.alerts.flush()
  await vi.advanceTimersByTimeAsync(200)
  expect(board.open()).toEqual([])
  const told = next()
  await vi.advanceTimersByTimeAsync(5000)
  expect(ids((await told).changed)).toEqual([1])
})
