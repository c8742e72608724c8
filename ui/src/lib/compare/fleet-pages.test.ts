import type { FleetHistory } from '@vigie/shared/api/host'
import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../api/api-problem.ts'
import { fleetPages, type Ask } from './fleet-pages.ts'

const hosts = Array.from({ length: 120 }, (_, index) => index + 1)
const query = { metric: 'system.uptime', hosts, fromMs: 0, toMs: 10, points: 10 }
const answer = (ids: readonly number[]): FleetHistory => ({
  fromMs: 0,
  toMs: 10,
  stepMs: 1,
  hosts: ids.map((id) => ({ id, series: [] })),
})

async function idsOf(ask: Ask, signal = new AbortController().signal): Promise<number[][]> {
  const pages: number[][] = []
  for await (const page of fleetPages(query, ask, signal))
    pages.push(page.hosts.map(({ id }) => id))
  return pages
}

describe('the pages of a fleet', () => {
  it('hold every host once, in order', async () => {
    const pages = await idsOf(({ hosts: ids }) => Promise.resolve(answer(ids)))
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20])
    expect(pages.flat()).toEqual(hosts)
  })

  it('are smaller where the hub says that it is too much', async () => {
    const pages = await idsOf(({ hosts: ids }) =>
      ids.length > 15
        ? Promise.reject(new ApiProblem({ status: 400, title: 'too many values' }))
        : Promise.resolve(answer(ids)),
    )
    expect(pages.flat()).toEqual(hosts)
  })

  it('end with what is wrong with one host, and with any other problem', async () => {
    const refused = new ApiProblem({ status: 400, title: 'no such metric' })
    await expect(idsOf(() => Promise.reject(refused))).rejects.toBe(refused)
    const away = new ApiProblem({ status: 0, title: 'away' })
    await expect(idsOf(() => Promise.reject(away))).rejects.toBe(away)
  })

  it('stop when nobody wants them any more', async () => {
    const controller = new AbortController()
    const reading = idsOf((_, signal) => {
      controller.abort(new Error('moved on'))
      return Promise.reject(signal.reason as Error)
    }, controller.signal)
    await expect(reading).rejects.toThrow('moved on')
  })
})
