// HTTP that no honest client speaks, byte by byte against a real hub: one request is never read as two, nobody's rights
// stick to a connection, and what is too much is refused before it is kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administratorOf, type Visitor } from '../doors/visitor.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { answersTo, RawClient } from './raw-http.ts'

const ends: (() => Promise<void>)[] = []
let hub: TestHub
let admin: Visitor
let token = ''

beforeAll(async () => {
  // What is never finished is given up soon.
  const requestTimes = { headersMs: 2000, requestMs: 2000, checkEveryMs: 100 }
  hub = await startHub({ limits: { requestTimes } }, (end) => ends.push(end))
  admin = await administratorOf(hub)
  token = (await hub.tokens.create({ name: 'a program', role: 'admin' })).token
}, 60_000)

afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

const HOST = 'Host: localhost\r\n'
const SMUGGLED = `GET /api/v1/hosts HTTP/1.1\r\n${HOST}Authorization: Bearer TOKEN\r\n\r\n`

/** A request with headers and a body that hides another request, which has the rights to be answered. */
function hiding(headers: string, before = '0\r\n\r\n'): string {
  return `POST /api/auth/sign-in/email HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n${headers}\r\n${before}${SMUGGLED}`
}

const signed = (bytes: string): string => bytes.replaceAll('TOKEN', token)
const send = (bytes: string): ReturnType<typeof answersTo> => answersTo(hub.address, signed(bytes))

describe('one request is never read as two', () => {
  it.each([
    ['both lengths', hiding('Content-Length: 200\r\nTransfer-Encoding: chunked\r\n')],
    [
      'both lengths, the other first',
      hiding('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n'),
    ],
    ['two lengths', hiding('Content-Length: 5\r\nContent-Length: 200\r\n')],
    ['two lengths in one header', hiding('Content-Length: 5, 200\r\n')],
    ['a length with a sign', hiding('Content-Length: +5\r\n')],
    ['a negative length', hiding('Content-Length: -1\r\n')],
    ['a length in hexadecimal', hiding('Content-Length: 0x5\r\n')],
    ['a length beyond numbers', hiding(`Content-Length: ${'9'.repeat(40)}\r\n`)],
    ['an unknown coding', hiding('Transfer-Encoding: xchunked\r\n')],
    ['a coding after chunked', hiding('Transfer-Encoding: chunked, identity\r\n')],
    ['chunked twice', hiding('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n')],
    ['a space before the colon', hiding('Transfer-Encoding : chunked\r\n')],
    ['a folded header', hiding('X: y\r\n Transfer-Encoding: chunked\r\n')],
    ['a header that ends with a bare LF', hiding('X: y\nTransfer-Encoding: chunked\r\n')],
    ['a bare CR in a header', hiding('X: y\rTransfer-Encoding: chunked\r\n')],
    ['a NUL in a header', hiding('X: y\0\r\n')],
    ['a chunk size with a sign', hiding('Transfer-Encoding: chunked\r\n', '+0\r\n\r\n')],
    [
      'a chunk size beyond numbers',
      hiding('Transfer-Encoding: chunked\r\n', `${'f'.repeat(17)}\r\n`),
    ],
    ['a chunk that ends with a bare LF', hiding('Transfer-Encoding: chunked\r\n', '1\n{\n0\n\n')],
    [
      'an endless chunk extension',
      hiding('Transfer-Encoding: chunked\r\n', `1;${'x'.repeat(20_000)}\r\n{\r\n0\r\n\r\n`),
    ],
  ])('with %s', async (_, bytes) => {
    const answers = await send(bytes)
    expect(answers.map(({ status }) => status).filter((status) => status < 400)).toEqual([])
    expect(answers.length).toBeLessThanOrEqual(1)
  })

  it('and one that is not hidden is answered, so that the above says something', async () => {
    const answers = await send(SMUGGLED)
    expect(answers.map(({ status }) => status)).toEqual([200])
  })
})

describe('a connection has no rights of its own', () => {
  it('each of many requests in one packet is asked who sends it', async () => {
    const unknown = `GET /api/v1/hosts HTTP/1.1\r\n${HOST}\r\n`
    const answers = await send(SMUGGLED + unknown + SMUGGLED + unknown)
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 401])
  })

  it('a name is asked for with each request', async () => {
    const evil = 'GET /api/v1/session HTTP/1.1\r\nHost: evil.example\r\n\r\n'
    const good = `GET /api/v1/session HTTP/1.1\r\n${HOST}\r\n`
    const answers = await send(good + evil + good)
    expect(answers.map(({ status }) => status)).toEqual([200, 421, 200])
  })

  it.each([
    ['no name at all', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['no name in HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', 421],
    ['two names', `GET / HTTP/1.1\r\n${HOST}Host: evil.example\r\n\r\n`, 400],
    ['an empty name', 'GET / HTTP/1.1\r\nHost: \r\n\r\n', 421],
    [
      'a forwarded name',
      `GET /healthz HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\n\r\n`,
      421,
    ],
    ['the name of a user', 'GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n', 421],
  ])('with %s', async (_, bytes, status) => {
    const [answer] = await new RawClient(hub.address).write(bytes).answers(1)
    expect(answer?.status).toBe(status)
  })

  it('a whole address in the request line leads nowhere else', async () => {
    const bytes = `GET http://evil.example/api/v1/hosts HTTP/1.1\r\n${HOST}\r\n`
    const [answer] = await send(bytes)
    expect(answer?.status).toBeGreaterThanOrEqual(400)
    const [connected] = await send(`CONNECT 127.0.0.1:22 HTTP/1.1\r\n${HOST}\r\n`)
    expect(connected?.status ?? 0).not.toBe(200)
  })

  it('a method is the one that is sent', async () => {
    const created = await hub.tokens.create({ name: 'to stay', role: 'viewer' })
    const path = `/api/v1/tokens/${created.id}`
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      await admin.get(path, { [name]: 'DELETE' })
      await admin.post(`${path}?_method=DELETE`, {}, { [name]: 'DELETE' })
    }
    const answer = await admin.get('/metrics', { authorization: `Bearer ${created.token}` })
    expect(answer.status).toBe(200)
    for (const method of ['TRACE', 'PROPFIND', 'M-SEARCH', 'QUERY', 'get']) {
      const [refused] = await send(`${method} /healthz HTTP/1.1\r\n${HOST}\r\n`)
      expect(refused?.status ?? 400, method).toBeGreaterThanOrEqual(400)
      expect(refused?.body ?? '').not.toContain('"status":"ok"')
    }
  })
})

it('no route takes an address that the hub would call', async () => {
  const { paths } = (await admin.get('/api/v1/openapi.json')).json() as {
    paths: Record<string, Record<string, { requestBody?: unknown }>>
  }
  const bodies = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ requestBody }) => (requestBody ? [requestBody] : [])),
  )
  expect(bodies.length).toBeGreaterThan(15)
  const names = [...JSON.stringify(bodies).matchAll(/"(\w+)":\{/g)].map(([, name]) => name)
  expect(names.filter((name) => /url|uri|webhook|endpoint|issuer|proxy/i.test(name ?? ''))).toEqual(
    [],
  )
})

describe('what is too much is refused', () => {
  const get = (path: string, headers = ''): string =>
    `GET ${path} HTTP/1.1\r\n${HOST}Authorization: Bearer TOKEN\r\n${headers}\r\n`
  const post = (body: string, headers = 'Content-Type: application/json\r\n'): string =>
    `POST /api/v1/enrolments HTTP/1.1\r\n${HOST}Authorization: Bearer TOKEN\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

  it.each([
    ['a header of 20 kB', get('/api/v1/hosts', `X: ${'x'.repeat(20_000)}\r\n`), 431],
    ['a path of 20 kB', get(`/${'x'.repeat(20_000)}`), 431],
    ['a query of 20 kB', get(`/api/v1/hosts?${'x'.repeat(20_000)}`), 431],
    ['two thousand headers', get('/api/v1/hosts', 'X:y\r\n'.repeat(5000)), 431],
    ['a body of 2 MB', post(`"${'x'.repeat(2_000_000)}"`), 413],
    [
      'a body that says it is 1 TB',
      get('/')
        .replace('GET / ', 'POST /api/v1/enrolments ')
        .replace(
          '\r\n\r\n',
          '\r\nContent-Type: application/json\r\nContent-Length: 1000000000000\r\n\r\n',
        ),
      413,
    ],
    ['a body nested 500,000 deep', post('['.repeat(500_000)), 400],
    [
      'a body nested 200,000 deep, and well',
      post(`${'['.repeat(200_000)}${']'.repeat(200_000)}`),
      400,
    ],
    ['objects nested 100,000 deep', post(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`), 400],
    ['a prototype', post('{"__proto__":{"role":"admin"}}'), 400],
    ['a constructor', post('{"constructor":{"prototype":{"role":"admin"}}}'), 400],
    ['a number beyond numbers', post('{"name":1e999}'), 400],
    ['the same member 50,000 times', post(`{${'"a":1,'.repeat(50_000)}"a":1}`), 400],
    [
      'a body that is compressed',
      post('\x1f\x8b\x08', 'Content-Type: application/json\r\nContent-Encoding: gzip\r\n'),
      400,
    ],
    ['a body of another kind', post('{}', 'Content-Type: text/plain\r\n'), 415],
    ['a form', post('name=x', 'Content-Type: application/x-www-form-urlencoded\r\n'), 415],
    ['a form of parts', post('--x--', 'Content-Type: multipart/form-data; boundary=x\r\n'), 415],
    [
      'a list of two thousand metrics',
      get(`/api/v1/hosts/1/history?${'metric=a&'.repeat(1500)}`),
      400,
    ],
    ['nested names in a query', get('/api/v1/hosts?limit[a][b][c]=1&__proto__[x]=1'), 400],
    ['a prototype in a query', get('/api/v1/hosts?__proto__=1&constructor=1'), 400],
  ])('%s', async (_, bytes, status) => {
    const [answer] = await send(bytes)
    expect(answer?.status).toBe(status)
    expect(answer?.body ?? '').not.toMatch(/node_modules|\.ts:\d|at \w+ \(/)
  })

  it('and the hub answers as before', async () => {
    const client = new RawClient(hub.address)
    const [answer] = await client.write(signed(get('/healthz'))).answers(1)
    expect(answer?.body).toContain('"status":"ok"')
    expect(({} as Record<string, unknown>)['role']).toBeUndefined()
  })
})
