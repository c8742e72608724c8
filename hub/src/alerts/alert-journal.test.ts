// That nothing that was decided is lost, on a real database that cannot be written for a while.
import { expect, it } from 'vitest'
import {
  changes,
  openSampleStore,
  resolved,
  sampleIncident,
  sampleNotice,
} from '../../test/sample-alerts.ts'
import { AlertJournal } from './alert-journal.ts'
import type { AlertChanges } from './ports.ts'

async function openJournal(onCommitted?: () => void) {
  const { store } = await openSampleStore()
  const committed: AlertChanges[] = []
  const troubles: unknown[] = []
  let isWritable = true
  const journal = new AlertJournal({
    store: {
      commit: (some) =>
        isWritable ? store.alerts.commit(some) : Promise.reject(new Error('the disk is full')),
    },
    log: { error: (...words: unknown[]) => void troubles.push(words) },
    onCommitted(some) {
      committed.push(some)
      onCommitted?.()
    },
  })
  return { journal, store, committed, troubles, setWritable: (is: boolean) => (isWritable = is) }
}

it('writes what was gathered in one transaction, an incident as it is last', async () => {
  const { journal, store, committed } = await openJournal()
  journal.add({ incidents: [sampleIncident(1)], notices: [sampleNotice(1)] })
  journal.add({ incidents: [sampleIncident(2)] })
  journal.add({
    incidents: [sampleIncident(1, resolved(40_000))],
    notices: [sampleNotice(1, { kind: 'resolved' })],
  })
  expect(await journal.flush()).toBe(true)
  expect(committed.map(({ incidents }) => incidents.map(({ id }) => id))).toEqual([[1, 2]])
  expect(await store.alerts.resolvedSince(0)).toMatchObject([{ id: 1 }])
  expect((await store.notices.waiting()).map(({ kind }) => kind)).toEqual(['opened', 'resolved'])
})

it('writes nothing of what was pending and is forgotten', async () => {
  const { journal, store } = await openJournal()
  const pending = sampleIncident(1, { state: 'pending', firedMs: null })
  const entry = { incidentId: 1, timeMs: 1000, kind: 'pending', who: null, text: null } as const
  journal.add({
    incidents: [pending],
    entries: [entry],
    evidence: [{ incidentId: 1, snapshots: [{ timeMs: 1 }] }],
  })
  journal.add({ forgotten: [1] })
  await journal.flush()
  expect(await store.alerts.open()).toEqual([])
  expect(await store.alerts.entries(1)).toEqual([])
})

it('keeps what cannot be written, in its order, until it can be', async () => {
  const { journal, store, troubles, setWritable } = await openJournal()
  setWritable(false)
  journal.add({ incidents: [sampleIncident(1)], notices: [sampleNotice(1)] })
  expect(await journal.flush()).toBe(false)
  journal.add({
    incidents: [sampleIncident(1, resolved(40_000))],
    notices: [sampleNotice(1, { kind: 'resolved' })],
  })
  expect(await journal.flush()).toBe(false)
  expect(troubles).toHaveLength(1)
  setWritable(true)
  await journal.close()
  expect((await store.notices.waiting()).map(({ kind }) => kind)).toEqual(['opened', 'resolved'])
})

it('keeps no more of what cannot be written than what is last known, however long that takes', async () => {
  const { journal, store, committed, setWritable } = await openJournal()
  setWritable(false)
  for (let worst = 1; worst <= 1200; worst++) {
    journal.add({ incidents: [sampleIncident(1, { worst })] })
    if (worst % 300 === 0) await journal.flush()
  }
  journal.add({ incidents: [sampleIncident(2)], evidence: [{ incidentId: 2, snapshots: [] }] })
  journal.add({ forgotten: [2], notices: [sampleNotice(1)] })
  await journal.flush()
  setWritable(true)
  await journal.close()
  expect(committed).toHaveLength(1)
  expect(committed[0]).toMatchObject({ evidence: [], forgotten: [2] })
  expect(await store.alerts.open()).toMatchObject([{ id: 1, worst: 1200 }])
  expect(await store.notices.waiting()).toHaveLength(1)
})

it('goes on when whoever hears of what is written fails', async () => {
  const { journal, store, troubles } = await openJournal(() => {
    throw new Error('nobody is there yet')
  })
  journal.add({ incidents: [sampleIncident(1)], notices: [sampleNotice(1)] })
  expect(await journal.flush()).toBe(true)
  journal.add({ incidents: [sampleIncident(2)], notices: [sampleNotice(2)] })
  await journal.close()
  expect(troubles).toHaveLength(2)
  expect(await store.notices.waiting()).toHaveLength(2)
})

it('a storm takes a few transactions, each of whole changes', async () => {
  const { journal, store, committed } = await openJournal()
  for (let id = 1; id <= 1200; id++) {
    journal.add(changes({ incidents: [sampleIncident(id)], notices: [sampleNotice(id)] }))
  }
  await journal.close()
  expect(committed.map(({ incidents, notices }) => [incidents.length, notices.length])).toEqual([
    [500, 500],
    [500, 500],
    [200, 200],
  ])
  expect(await store.alerts.lastId()).toBe(1200)
})
