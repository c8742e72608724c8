import type { FleetHistory } from '@vigie/shared/api/host'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '../api/api-problem.ts'
import { ComparisonData, type ComparisonQuery } from './comparison-data.svelte.ts'

const UPTIME = 'system.uptime'
const query = (change: Partial<ComparisonQuery> = {}): ComparisonQuery => ({
  metric: UPTIME,
  chosen: UPTIME,
  hosts: [1, 2],
  fromMs: 0,
  toMs: 2000,
  points: 10,
  ...change,
})
const answer = ({ hosts, fromMs, toMs }: Pick<ComparisonQuery, 'hosts' | 'fromMs' | 'toMs'>) => ({
  fromMs,
  toMs,
  stepMs: 1000,
  hosts: hosts.map((id) => ({
    id,
    series: [{ series: UPTIME, unit: 's', min: [id], mean: [id], max: [id] }],
  })),
})

/** A hub that answers when it is told to. */
class SlowHub {
  readonly asked: { query: { toMs: number }; answer: () => void; refuse: (why: Error) => void }[] =
    []
  readonly ask = (
    asked: Parameters<typeof answer>[0],
    signal: AbortSignal,
  ): Promise<FleetHistory> =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error))
      this.asked.push({ query: asked, answer: () => resolve(answer(asked)), refuse: reject })
    })
}

let data: ComparisonData
afterEach(() => data.close())

const asks = (hub: SlowHub, count: number) =>
  vi.waitFor(() => expect(hub.asked).toHaveLength(count))

describe('the data of a comparison', () => {
  it('is the last view that was asked for, however the answers come', async () => {
    const hub = new SlowHub()
    data = new ComparisonData(hub.ask)
    data.show(query())
    await asks(hub, 1)
    data.show(query({ toMs: 4000 }))
    data.show(query({ toMs: 5000 }))
    await asks(hub, 2)
    hub.asked[0]?.answer()
    hub.asked[1]?.answer()
    await vi.waitFor(() => expect(data.isReading).toBe(false))
    expect(data.loaded?.query.toMs).toBe(5000)
    expect(data.loaded?.lines.map(({ id, total }) => [id, total?.mean])).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(data.problem).toBeNull()
  })

  it('stays while another stretch of it is read or cannot be, and goes with another choice', async () => {
    const hub = new SlowHub()
    data = new ComparisonData(hub.ask)
    data.show(query())
    await asks(hub, 1)
    hub.asked[0]?.answer()
    await vi.waitFor(() => expect(data.loaded).not.toBeNull())

    data.show(query({ toMs: 4000 }))
    await asks(hub, 2)
    const away = new ApiProblem({ status: 0, title: 'away' })
    hub.asked[1]?.refuse(away)
    await vi.waitFor(() => expect(data.problem).toBe(away))
    expect(data.loaded?.query.toMs).toBe(2000)

    data.show(query({ hosts: [1] }))
    expect([data.loaded, data.problem]).toEqual([null, null])
  })
})
