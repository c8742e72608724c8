// What is read of advisories and of the watch, and when again: over ports that the test answers.
import type { AdvisoryPage } from '@vigie/shared/api/advisory'
import type { CertWatch } from '@vigie/shared/api/cert-watch'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '../api/api-problem.ts'
import type { AdvisoryQuery } from '../api/cert.ts'
import {
  advisoryOf,
  detailOf,
  failedRun,
  runOf,
  socketOf,
  sourceOf,
  watchOf,
} from './advisory.test-support.ts'
import { AdvisoryDetails } from './advisory-details.svelte.ts'
import { AdvisoryList } from './advisory-list.svelte.ts'
import { CertRefreshing } from './cert-refreshing.ts'
import { OpenAlerts } from './open-alerts.svelte.ts'
import { WatchReader } from './watch-reader.svelte.ts'

const settled = () => vi.advanceTimersByTimeAsync(0)
const away = new ApiProblem({ status: 0, title: 'away' })

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the list of advisories', () => {
  const asked: AdvisoryQuery[] = []
  const view = { which: 'concern', source: null, query: '' } as const
  function listOver(answer: (query: AdvisoryQuery) => AdvisoryPage) {
    asked.length = 0
    return new AdvisoryList((query) => {
      asked.push(query)
      return Promise.resolve(answer(query))
    })
  }
  const counts = { concern: 0, open: 0, all: 0 }
  const empty: AdvisoryPage = { items: [], counts: null, nextBefore: null }

  it('has an open alert first, however many newer notices stand before it', async () => {
    const old = advisoryOf(1, { concerned: 1 })
    const notices = Array.from({ length: 50 }, (_, n) =>
      advisoryOf(n + 2, { kind: 'notice', concerned: 1 }),
    )
    const list = listOver(({ kind }) =>
      kind === 'alert'
        ? { ...empty, items: [old], counts }
        : { ...empty, items: notices, nextBefore: 'x' },
    )
    list.show(view)
    await settled()
    expect(list.items[0]).toEqual(old)
    expect(list.items).toHaveLength(51)
    expect(list.hasMore).toBe(true)
    expect(list.counts).toEqual(counts)
    await list.more()
    expect(asked.at(-1)?.before).toBe('x')
  })

  it('asks once for words that are typed, and takes no answer of words before', async () => {
    const list = listOver(({ query }) => ({
      ...empty,
      items: [advisoryOf(1, { title: query ?? '' })],
    }))
    list.show(view)
    await settled()
    for (const query of ['b', 'br', 'bri']) list.show({ ...view, query })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked.map(({ query }) => query)).toEqual(['', '', 'bri', 'bri'])
    expect(list.items[0]?.title).toBe('bri')
    list.close()
  })

  it('keeps what it has when it cannot be read again, and says so', async () => {
    let isAway = false
    const list = listOver(() => {
      if (isAway) throw away
      return { ...empty, items: [advisoryOf(1)] }
    })
    list.show(view)
    await settled()
    isAway = true
    await list.refresh()
    expect(list.items).toHaveLength(1)
    expect(list.problem).toBe(away)
  })
})

describe('the alerts that are open', () => {
  it('say why they could not be read, until they are; what was read stays when a later try fails', async () => {
    let isAway = true
    const alerts = new OpenAlerts()
    const socket = socketOf('away')
    alerts.start(() => {
      if (isAway) return Promise.reject(away)
      return Promise.resolve({
        items: [advisoryOf(1, { toCheck: 1 }), advisoryOf(2)],
        counts: null,
        nextBefore: null,
      })
    }, socket)
    await settled()
    expect(alerts.problem).toBe(away)
    isAway = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(alerts.problem).toBeNull()
    expect(alerts.toDo).toHaveLength(1)
    isAway = true
    socket.tell('advisories')
    await vi.advanceTimersByTimeAsync(1000)
    expect(alerts.list).toHaveLength(2)
    alerts.stop()
    expect(alerts.isLoaded).toBe(false)
  })
})

describe('advisories that are read whole', () => {
  it('are read once however often they are wanted; one that fails does not keep the others', async () => {
    const asked: string[] = []
    const details = new AdvisoryDetails((reference) => {
      asked.push(reference)
      if (reference === 'A') return Promise.reject(away)
      return Promise.resolve(detailOf(1, { reference }))
    })
    details.want(['A', 'B'])
    details.want(['B'])
    await settled()
    expect(asked).toEqual(['A', 'B'])
    expect(details.get('A')).toEqual({ state: 'failed', problem: away })
    expect(details.get('B')?.state).toBe('read')
    await details.refresh('B')
    expect(asked).toEqual(['A', 'B', 'B'])
  })
})

describe('a check that somebody asks for', () => {
  let watch: CertWatch
  let socket: ReturnType<typeof socketOf>
  function reader(check = () => Promise.resolve()) {
    socket = socketOf()
    watch = watchOf({ runs: [runOf(7)] })
    return new WatchReader({ watch: () => Promise.resolve(watch), check }, socket)
  }
  async function becomes(now: CertWatch) {
    watch = now
    socket.tell('watch')
    await vi.advanceTimersByTimeAsync(1000)
  }

  it('runs until runs that are newer are over, and tells what they found', async () => {
    const read = reader()
    await settled()
    void read.checkNow()
    await settled()
    expect(read.check.state).toBe('running')
    const sources = [sourceOf({ isRunning: true })]
    await becomes(watchOf({ sources, runs: [runOf(8), runOf(7)] }))
    expect(read.check.state).toBe('running')
    await becomes(watchOf({ runs: [failedRun(9), runOf(8), runOf(7)] }))
    expect(read.check).toEqual({ state: 'done', runs: [failedRun(9), runOf(8)] })
    read.close()
  })

  it('asked for before anything is known is not taken for a run of before', async () => {
    const read = reader()
    void read.checkNow()
    await settled()
    expect(read.check.state).toBe('running')
    await becomes(watchOf({ runs: [runOf(8), runOf(7)] }))
    expect(read.check).toEqual({ state: 'done', runs: [runOf(8)] })
    read.close()
  })

  it('is not waited for without an end; what comes later is still told', async () => {
    const read = reader()
    await settled()
    void read.checkNow()
    await vi.advanceTimersByTimeAsync(200_000)
    expect(read.check.state).toBe('late')
    await becomes(watchOf({ runs: [runOf(8), runOf(7)] }))
    expect(read.check.state).toBe('done')
    read.close()
  })

  it('that is refused says why', async () => {
    const read = reader(() => Promise.reject(away))
    await settled()
    await read.checkNow()
    expect(read.check).toEqual({ state: 'refused', problem: away })
    read.close()
  })
})

describe('L10: what is read again', () => {
  it('is what the hub names, many words at once; nothing between, nor after the end', async () => {
    let asked = 0
    const socket = socketOf()
    const refreshing = new CertRefreshing(socket, 'watch', () => asked++)
    await vi.advanceTimersByTimeAsync(600_000)
    expect(asked).toBe(0)
    for (let n = 0; n < 20; n++) socket.tell('advisories', 'watch')
    socket.tell('advisories')
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toBe(1)
    refreshing.close()
    socket.tell('watch')
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toBe(1)
  })

  it('waits while nobody looks, and is read now and then while the hub cannot be heard', async () => {
    let asked = 0
    const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' })
    vi.stubGlobal('document', page)
    const socket = socketOf()
    const refreshing = new CertRefreshing(socket, 'watch', () => asked++)
    socket.tell('watch')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toBe(0)
    page.visibilityState = 'visible'
    page.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toBe(1)
    socket.status = 'away'
    await vi.advanceTimersByTimeAsync(120_000)
    expect(asked).toBe(3)
    refreshing.close()
  })
})
