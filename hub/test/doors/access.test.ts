// Who may do what, and from where, against a real hub.
import type { SessionState } from '@vigie/shared/api/session'
import Fastify from 'fastify'
import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createHostGuard } from '../../src/http/host-guard.ts'
import { NOBODY } from '../../src/http/gate.ts'
import { httpPlugin } from '../../src/http/plugin.ts'
import { listeningLog, startHub } from '../test-hub.ts'
import { administratorOf, Visitor } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

interface Described {
  readonly paths: Record<string, Record<string, { security?: unknown[] }>>
}

describe('access', () => {
  it('is refused to everyone who is not signed in, on every route that is not open', async () => {
    const hub = await startHub()
    const visitor = new Visitor(hub)
    const { paths } = (await visitor.get('/api/v1/openapi.json')).json() as Described
    const guarded = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.security)
        .map(([method]) => ({ method, path: path.replace(/\{[^}]+\}/g, '1') })),
    )
    expect(guarded.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'get /metrics',
        'get /api/v1/hosts',
        'get /api/v1/hosts/1',
        'get /api/v1/hosts/1/history',
        'get /api/v1/hosts/1/gaps',
        'get /api/v1/hosts/1/graph.svg',
        'get /api/v1/hosts/1/processes',
        'get /api/v1/hosts/1/packages',
        'get /api/v1/history',
        'get /api/v1/events',
        'get /api/v1/hub',
        'get /api/v1/metrics-catalogue',
        'post /api/v1/enrolments',
        'get /api/v1/enrolments/1',
        'get /api/v1/tokens',
        'delete /api/v1/tokens/1',
        'get /api/v1/alerts',
        'get /api/v1/alerts/1',
        'post /api/v1/alerts/1/acknowledge',
        'post /api/v1/alerts/1/hand-over',
        'post /api/v1/alerts/1/notes',
        'get /api/v1/rules',
        'post /api/v1/rules',
        'put /api/v1/rules/1',
        'delete /api/v1/rules/1',
        'post /api/v1/rules/preview',
        'post /api/v1/rules/replay',
        'get /api/v1/silences',
        'post /api/v1/silences',
        'delete /api/v1/silences/1',
        'get /api/v1/maintenance',
        'post /api/v1/maintenance',
        'put /api/v1/maintenance/1',
        'delete /api/v1/maintenance/1',
        'get /api/v1/mails',
        'get /api/v1/mails/1',
        'get /api/v1/mails/1/html',
        'post /api/v1/mails/retry',
        'get /api/v1/mail',
        'put /api/v1/mail/recipients/1',
        'delete /api/v1/mail/recipients/1',
        'post /api/v1/mail/test',
        'put /api/v1/hosts/1/tags',
      ]),
    )
    for (const { method, path } of guarded) {
      const body = method === 'post' ? {} : undefined
      const answer = await visitor.send(method.toUpperCase(), path, { body })
      expect(answer.problem(), `${method} ${path}`).toMatchObject({
        status: 401,
        type: '/docs#signed-out',
      })
    }
  })

  it('lets viewers look and administrators invite', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    expect((await person.post('/api/v1/enrolments', {})).status).toBe(201)
    await sql`update person set role = 'viewer'`.execute(hub.store.db)
    expect((await person.get('/api/v1/hosts')).status).toBe(200)
    const refused = await person.post('/api/v1/enrolments', {})
    expect(refused.problem()).toMatchObject({ status: 403, type: '/docs#not-allowed' })
  })

  it('is limited to hosts with certain tags, for people as for programs', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    await sql`update person set host_tags_json = '["shop"]'`.execute(hub.store.db)
    expect((await person.get('/api/v1/rules')).status).toBe(200)
    await sql`update person set role = 'viewer'`.execute(hub.store.db)
    expect((await person.get('/api/v1/hosts')).json()).toEqual({ items: [], next: null })
    expect((await person.get('/api/v1/rules')).status).toBe(403)
    const { person: shown } = (await person.get('/api/v1/session')).json() as SessionState
    expect(shown?.hostTags).toEqual(['shop'])
    // What is damaged allows nothing.
    await sql`update person set host_tags_json = '["shop'`.execute(hub.store.db)
    expect((await person.get('/api/v1/rules')).status).toBe(403)
  })

  it('must be declared by every route, or the hub does not start', async () => {
    const app = Fastify()
    const guard = createHostGuard({ host: '127.0.0.1', publicUrl: undefined })
    await app.register(httpPlugin, { guard, gate: () => Promise.resolve(NOBODY) })
    expect(() => app.get('/secret', () => 'x')).toThrow('GET /secret declares no access')
    const config = { access: 'viewer' } as const
    expect(() => app.get('/hosts', { config }, () => 'x')).toThrow('of which hosts it tells')
    await app.close()
  })

  it('is not gained by a cookie that the hub did not sign', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const [name, value] = [...person.cookies][0] ?? ['', '']
    const forger = new Visitor(hub)
    forger.cookies.set(name, `${value.split('.')[0] ?? ''}.${'A'.repeat(43)}%3D`)
    expect((await forger.get('/api/v1/hosts')).status).toBe(401)
  })
})

it('a good token passes when its use cannot be noted, as on a full disk', async () => {
  const { log, says } = listeningLog()
  const hub = await startHub({ log })
  const { token } = await hub.tokens.create({ name: 'a program', role: 'viewer' })
  await sql`create trigger full before update on api_token
    begin select raise(fail, 'database or disk is full'); end`.execute(hub.store.db)
  const headers = { authorization: `Bearer ${token}` }
  expect((await new Visitor(hub).get('/metrics', headers)).status).toBe(200)
  await says('the use of a token could not be noted')
})

describe('names and origins', () => {
  it('are checked on every request: another name is misdirected', async () => {
    const hub = await startHub()
    const visitor = new Visitor(hub)
    for (const path of ['/', '/healthz', '/api/v1/session', '/nothing', '/api/v1/hosts']) {
      const answer = await visitor.get(path, { host: 'evil.example' })
      expect(answer.problem(), path).toMatchObject({ status: 421, type: '/docs#misdirected' })
    }
  })

  it.each(['/live', '/agent'])('L1 are checked when %s is upgraded', async (path) => {
    const hub = await startHub()
    const status = await refusalOf(hub.address.replace('http', 'ws') + path, {
      host: 'evil.example',
    })
    expect(status).toBe(421)
  })

  it('L1 refuse /live to a page of another site', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const cookie = [...person.cookies].map((pair) => pair.join('=')).join('; ')
    const url = `${hub.address.replace('http', 'ws')}/live`
    expect(await refusalOf(url, { cookie, origin: 'https://evil.example' })).toBe(403)
    expect(await refusalOf(url, { cookie })).toBe(403)
  })

  it('refuse a change from a page of another site, whatever its cookies', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const evil = { origin: 'https://evil.example' }
    const enrolment = await person.post('/api/v1/enrolments', {}, evil)
    expect(enrolment.problem()).toMatchObject({ status: 403, type: '/docs#foreign-origin' })
    expect((await person.post('/api/auth/sign-out', {}, evil)).status).toBe(403)
    expect((await person.get('/api/v1/hosts')).status).toBe(200)
  })
})

describe('tokens that the hub does not know', () => {
  const guess = (number: number) => ({
    authorization: `Bearer vigie_${String(number).padStart(43, 'A')}`,
  })

  it('L1 are counted at /live as at the API; good ones and people’s sessions pass all the same', async () => {
    const hub = await startHub({ clock: { nowMs: () => 1_000_000, elapsedMs: () => 0 } })
    const { token } = await hub.tokens.create({ name: 'a program', role: 'viewer' })
    const person = await administratorOf(hub)
    const cookie = [...person.cookies].map((pair) => pair.join('=')).join('; ')
    const url = `${hub.address.replace('http', 'ws')}/live`
    for (let number = 0; number < 19; number++) expect(await endOf(url, guess(number))).toBe(4430)
    const visitor = new Visitor(hub)
    expect((await visitor.get('/api/v1/hosts', guess(19))).status).toBe(401)
    expect(await refusalOf(url, guess(20))).toBe(429)
    expect((await visitor.get('/api/v1/hosts', guess(21))).status).toBe(429)

    expect(await firstWordOf(url, { authorization: `Bearer ${token}` })).toContain('beat')
    expect(await firstWordOf(url, { cookie, origin: hub.address })).toContain('beat')
    expect((await person.get('/api/v1/hosts')).status).toBe(200)
  })

  it('L1 are not counted for a socket that was let in and whose token has ended', async () => {
    const hub = await startHub({
      clock: { nowMs: () => 1_000_000, elapsedMs: () => 0 },
      limits: { checkSessionEveryMs: 20 },
    })
    const url = `${hub.address.replace('http', 'ws')}/live`
    for (let time = 0; time < 21; time++) {
      const { id, token } = await hub.tokens.create({ name: 'a program', role: 'viewer' })
      const end = endOf(url, { authorization: `Bearer ${token}` }, () => hub.tokens.delete(id))
      expect(await end).toBe(4430)
    }
    expect(await endOf(url, guess(0))).toBe(4430)
  })
})

function watch(url: string, headers: Record<string, string>): WebSocket {
  return new WebSocket(url, ['vigie.live.1'], { headers })
}

/** The code with which the hub closes a socket, after its first word if it says one. */
function endOf(
  url: string,
  headers: Record<string, string>,
  onFirstWord?: () => Promise<unknown>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = watch(url, headers)
    if (onFirstWord) socket.once('message', () => void onFirstWord().catch(reject))
    socket.on('close', (code) => resolve(code))
    socket.on('error', reject)
  })
}

function firstWordOf(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = watch(url, headers)
    socket.on('message', (data: Buffer) => {
      resolve(data.toString())
      socket.terminate()
    })
    socket.on('error', reject)
  })
}

/** The HTTP status with which an upgrade is refused. */
function refusalOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, ['vigie.live.1', 'vigie.agent.1'], { headers })
    socket.on('unexpected-response', (_, response) => {
      response.resume()
      resolve(response.statusCode)
      socket.terminate()
    })
    socket.on('open', () => {
      socket.terminate()
      reject(new Error('it was upgraded'))
    })
    // What terminate says of an upgrade that never was.
    socket.on('error', () => resolve(undefined))
  })
}
