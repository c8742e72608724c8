// The REST API against a real hub with a real agent's ticks in it.
import { decodeHistoryBody } from '@vigie/shared/api/history-body'
import type { HostDetail, HostPage, History } from '@vigie/shared/api/host'
import { tableRevision } from '@vigie/shared/metrics/series'
import { parseJoinToken } from '@vigie/shared/protocol/handshake'
import { describe, expect, it, vi } from 'vitest'
import { KEYS, TestAgent } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { administratorOf, Visitor } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const BLOCKS = { accept: 'application/vnd.vigie.block' }

async function joined(hub: TestHub, name: string) {
  const { token } = await hub.enrolments.create({ name })
  const agent = new TestAgent({ hub: hub.address, token })
  const { hostId } = await agent.enter()
  return { agent, hostId }
}

/** The start of a minute that ended some time ago. */
const minute = (): number => Math.floor(Date.now() / 60_000) * 60_000 - 120_000

describe('hosts', () => {
  it('come in pages, in the order of ids', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    for (const name of ['a', 'b', 'c']) await joined(hub, name)
    const first = (await person.get('/api/v1/hosts?limit=2')).json() as HostPage
    expect(first.items.map((host) => host.name)).toEqual(['a', 'b'])
    const rest = (await person.get(`/api/v1/hosts?limit=2&after=${first.next ?? ''}`)).json()
    expect((rest as HostPage).items.map((host) => host.name)).toEqual(['c'])
    expect((rest as HostPage).next).toBeNull()
  })

  it('have the values of the last tick in the units of the catalogue', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const { agent, hostId } = await joined(hub, 'a')
    await agent.acknowledged(agent.tick(minute(), [1234, 500, 1000, 42]))
    const answer = await person.get(`/api/v1/hosts/${hostId}`)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect((answer.json() as HostDetail).values).toEqual({
      [KEYS[0] ?? '']: 0.1234,
      [KEYS[1] ?? '']: 512_000,
      [KEYS[2] ?? '']: 1_024_000,
      [KEYS[3] ?? '']: 42,
    })
  })

  it('have processes once they have sent some', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const { agent, hostId } = await joined(hub, 'a')
    expect((await person.get(`/api/v1/hosts/${hostId}/processes`)).status).toBe(204)
    const snapshot = { timeMs: minute(), users: [], failedUnits: ['x.service'] }
    agent.say({ type: 'snapshot', snapshot })
    // Messages are taken in order: what is acknowledged came after it.
    await agent.acknowledged(agent.tick(minute()))
    expect((await person.get(`/api/v1/hosts/${hostId}/processes`)).json()).toEqual(snapshot)
  })
})

describe('history', () => {
  it('is folded into buckets of the clock', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const { agent, hostId } = await joined(hub, 'a')
    const startMs = minute()
    for (let second = 0; second < 20; second++) {
      // The eleventh second is missing.
      if (second !== 10) agent.tick(startMs + second * 1000, [second * 100, 1, 1, 1])
    }
    await agent.acknowledged(agent.framesSent)
    const path = `/api/v1/hosts/${hostId}/history?metric=system.cpu.utilization`
    // The range starts between two lines of the clock.
    const from = new Date(startMs + 3000).toISOString()
    const coarse = (
      await person.get(`${path}&from=${from}&to=${startMs + 20_000}&points=2`)
    ).json() as History
    expect(coarse).toEqual({
      fromMs: startMs,
      toMs: startMs + 20_000,
      stepMs: 10_000,
      series: [
        {
          series: 'system.cpu.utilization',
          unit: '1',
          min: [0, 0.11],
          mean: [0.045, 0.15],
          max: [0.09, 0.19],
        },
      ],
    })
    const fine = (
      await person.get(`${path}&from=${startMs + 9000}&to=${startMs + 12_000}`)
    ).json() as History
    expect(fine.stepMs).toBe(1000)
    expect(fine.series[0]?.mean).toEqual([0.09, null, 0.11])
  })

  it('comes as blocks, whole or with some of its series', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const { agent, hostId } = await joined(hub, 'a')
    const startMs = minute()
    agent.tick(startMs, [1, 2, 3, 4])
    agent.tick(startMs + 1000, [5, 6, 7, 8])
    await agent.acknowledged(agent.framesSent)
    const path = `/api/v1/hosts/${hostId}/history?from=${startMs}&to=${startMs + 60_000}`
    const whole = await person.get(path, BLOCKS)
    expect(whole.headers['content-type']).toBe(BLOCKS.accept)
    const [run] = decodeHistoryBody(whole.bytes)
    expect(run?.keys).toEqual(KEYS)
    expect(run?.block.startMs).toBe(startMs)
    expect([...(run?.block.values ?? [])]).toEqual([1, 5, 2, 6, 3, 7, 4, 8])
    const some = await person.get(`${path}&metric=system.memory.limit`, BLOCKS)
    expect(decodeHistoryBody(some.bytes).map((part) => part.keys)).toEqual([
      ['system.memory.limit'],
    ])
    expect([...(decodeHistoryBody(some.bytes)[0]?.block.values ?? [])]).toEqual([3, 7])
  })
})

describe('a history that is too large for one answer', () => {
  it('is refused as buckets, streamed as blocks, and given when less is asked for', async () => {
    const hub = await startHub({ quotas: { customPerTable: 4096 } })
    const person = await administratorOf(hub)
    const { agent, hostId } = await joined(hub, 'a')
    const keys = Array.from({ length: 4096 }, (_, index) => `custom.metric${index}`)
    const revision = tableRevision(keys)
    agent.say({ type: 'series', revision, keys })
    const startMs = minute() - 3_600_000
    const ticks = 64
    for (let frame = 0; frame < 20; frame++) {
      agent.sendBlock({
        revision,
        startMs: startMs + frame * ticks * 1000,
        stepMs: 1000,
        present: new Uint8Array(ticks).fill(1),
        values: new Float64Array(ticks * keys.length),
      })
    }
    await agent.acknowledged(agent.framesSent)
    const range = `from=${startMs}&to=${startMs + 20 * ticks * 1000}`
    const path = `/api/v1/hosts/${hostId}/history?${range}`
    const answer = await person.get(path)
    expect(answer.problem()).toMatchObject({ status: 400, errors: [{ field: 'query/metric' }] })
    expect(answer.problem().detail).toContain('name fewer metrics')
    const all = decodeHistoryBody((await person.get(path, BLOCKS)).bytes)
    expect(all.reduce((sum, { block }) => sum + block.present.length, 0)).toBe(20 * ticks)
    const some = await person.get(`${path}&metric=custom.metric7`, BLOCKS)
    const runs = decodeHistoryBody(some.bytes)
    expect(runs.reduce((sum, { block }) => sum + block.present.length, 0)).toBe(20 * ticks)
    const folded = (await person.get(`${path}&points=100`)).json() as History
    expect(folded.series).toHaveLength(4096)
  })
})

describe('problems', () => {
  it.each([
    ['/api/v1/hosts/7', 404, 'There is no host 7.'],
    ['/api/v1/hosts/7/history', 404, 'There is no host 7.'],
    ['/api/v1/hosts/7/processes', 404, 'There is no host 7.'],
    ['/api/v1/hosts/abc', 400, 'params/id'],
    ['/api/v1/hosts?limit=0', 400, 'query/limit'],
    ['/api/v1/hosts?limit=many', 400, 'query/limit'],
    ['/api/v1/hosts?page=2', 400, 'query/page is not known here'],
    ['/api/v1/nothing', 404, 'GET /api/v1/nothing is not a route.'],
    ['/api/v1/enrolments/AAAAAAAAAAAA', 404, 'There is no such enrolment.'],
  ])('%s is answered with %i and what is wrong', async (path, status, words) => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const answer = await person.get(path)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.problem().detail).toContain(words)
  })

  it('say of a history which field is wrong and what is allowed', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const { hostId } = await joined(hub, 'a')
    const path = `/api/v1/hosts/${hostId}/history`
    for (const [query, field] of [
      ['from=yesterday', 'query/from'],
      ['points=4001', 'query/points'],
      ['points=0', 'query/points'],
      ['metric=%7B%7D', 'query/metric'],
      ['from=2&to=1', 'query/from'],
    ]) {
      const answer = await person.get(`${path}?${query ?? ''}`)
      expect(answer.problem(), query).toMatchObject({ status: 400, errors: [{ field }] })
    }
    expect((await person.get(`${path}?from=0&to=${32 * 86_400_000}`, BLOCKS)).status).toBe(400)
  })

  it('answer a body that is none, is of another kind, or is too large', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const bad = { name: 'two words', other: 1 }
    expect((await person.post('/api/v1/enrolments', bad)).problem().errors).toEqual([
      expect.objectContaining({ field: 'body/other' }),
      expect.objectContaining({ field: 'body/name' }),
    ])
    const text = { 'content-type': 'text/csv' }
    expect((await person.post('/api/v1/enrolments', {}, text)).status).toBe(415)
    const large = { name: 'x'.repeat(2_000_000) }
    expect((await person.post('/api/v1/enrolments', large)).status).toBe(413)
  })

  it('tell nothing of the inside when the hub fails', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    await hub.store.db.schema.dropTable('enrolment').execute()
    const answer = await person.post('/api/v1/enrolments', {})
    expect(answer.problem()).toEqual({
      type: '/docs#internal',
      status: 500,
      title: 'The hub failed; its log says why',
    })
  })
})

describe('enrolments', () => {
  it('give a token and its command, and say when the machine has come', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const created = await person.post('/api/v1/enrolments', { name: 'web-1' })
    const { id, token, command } = created.json() as Record<string, string>
    expect(created.status).toBe(201)
    expect(parseJoinToken(token ?? '')?.id).toBe(id)
    expect(command).toBe(
      `npx vigie-agent join ${hub.address} ${token ?? ''} && npx vigie-agent run`,
    )
    const state = `/api/v1/enrolments/${id ?? ''}`
    expect((await person.get(state)).json()).toMatchObject({ id, hostId: null })
    const { hostId } = await new TestAgent({ hub: hub.address, token: token ?? '' }).enter()
    expect((await person.get(state)).json()).toMatchObject({ id, hostId })
  })
})

describe('the open doors', () => {
  it('say whether the hub is well', async () => {
    const hub = await startHub()
    expect((await new Visitor(hub).get('/healthz')).json()).toEqual({ status: 'ok' })
  })

  it('describe the API, to programs and to people, without anything from elsewhere', async () => {
    const hub = await startHub()
    const visitor = new Visitor(hub)
    const described = (await visitor.get('/api/v1/openapi.json')).json() as { openapi: string }
    expect(described.openapi).toBe('3.1.0')
    const page = await visitor.get('/docs')
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.text).toContain('/api/v1/hosts/{id}/history')
    expect(page.text).toContain('id="link-refused"')
    expect(page.text).not.toMatch(/(src|href)="?https?:/)
  })

  it('serve figures to Prometheus, for people who are signed in', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    await person.get('/api/v1/hosts')
    const { text } = await person.get('/metrics')
    expect(text).toMatch(/^vigie_http_request_duration_seconds_count\{.*route="\/api\/v1\/hosts"/m)
  })

  it('carry safe headers', async () => {
    const hub = await startHub()
    const { headers } = await new Visitor(hub).get('/api/v1/session')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  })
})
