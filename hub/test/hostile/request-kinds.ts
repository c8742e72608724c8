// Owns the hostile requests, one kind a name: the bytes that are written to a new connection, which may hold more than one
// request. `$HOST` stands for the canary's id, `$SHOP` for the token of a viewer who may not see it.
import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'

const HOST = 'Host: localhost\r\n'
const JSON_BODY = 'Content-Type: application/json\r\n'
const SHOP = `${HOST}Authorization: Bearer $SHOP\r\n`
const CLAIM = `POST /api/v1/sign-in-links/claim HTTP/1.1\r\n${HOST}`

const get = (path: string, headers = HOST): string => `GET ${path} HTTP/1.1\r\n${headers}\r\n`
const post = (path: string, body: string, headers = HOST + JSON_BODY, method = 'POST'): string =>
  `${method} ${path} HTTP/1.1\r\n${headers}Content-Length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`
const noise = (size: number): string => randomBytes(size).toString('latin1')
const word = (): string => randomBytes(8).toString('hex')
const BOMB = gzipSync(Buffer.alloc(8 << 20, ' ')).toString('latin1')
const hidden = `GET /api/v1/hosts/$HOST HTTP/1.1\r\n${SHOP}\r\n`

export const REQUEST_KINDS: Readonly<Record<string, () => string>> = {
  'two lengths, one of them chunks': () =>
    `${CLAIM}${JSON_BODY}Content-Length: 200\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  'two lengths': () => `${CLAIM}Content-Length: 5\r\nContent-Length: 90\r\n\r\n${hidden}`,
  'an unknown coding': () => `${CLAIM}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
  'a bare LF': () => `${CLAIM}X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  'a folded header': () => `${CLAIM}X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'a NUL in a header': () => get('/', `${HOST}X: \0\r\n`),
  'a broken chunk': () => `${CLAIM}${JSON_BODY}Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n`,
  'a header of 20 kB': () => get('/', `${HOST}X: ${'x'.repeat(20_000)}\r\n`),
  'very many headers': () => get('/', HOST + 'X:y\r\n'.repeat(3000)),
  'very many cookies': () =>
    get('/api/v1/hosts', `${HOST}Cookie: ${`${word()}=1; `.repeat(500)}\r\n`),
  'two sessions': () =>
    get(
      '/api/v1/hosts/$HOST',
      `${HOST}Cookie: vigie.session_token=${word()}; vigie.session_token=${word()}\r\n`,
    ),
  'a body that unpacks to much more': () =>
    post('/api/v1/rules/preview', BOMB, `${SHOP}${JSON_BODY}Content-Encoding: gzip\r\n`),
  'a path of 20 kB': () => get(`/${'x/'.repeat(10_000)}`),
  'up, encoded': () => get(`/_app/${'%2e%2e%2f'.repeat(8)}etc/passwd.txt`),
  'up, encoded twice': () => get(`/_app/${'%252e%252e%252f'.repeat(8)}etc/passwd.txt`),
  'up, with backslashes': () => get(`/_app/${'..\\'.repeat(8)}etc\\passwd.txt`),
  'up, as overlong UTF-8': () => get(`/_app/${'%c0%ae%c0%ae/'.repeat(8)}etc/passwd.txt`),
  'up, with path parameters': () => get('/_app/..;/..;/..;/data/vigie.db'),
  'a NUL in a path': () => get('/_app/immutable/x.js%00.png'),
  'a path that is no encoding': () => get('/%ff%fe%zz.js'),
  'a whole address': () => get('http://evil.example/api/v1/hosts/$HOST', SHOP),
  'another name': () => get('/api/v1/hosts', 'Host: evil.example\r\n'),
  'two names': () => get('/api/v1/hosts', `${HOST}Host: evil.example\r\n`),
  'a change from another site': () =>
    post('/api/v1/enrolments', '{}', `${HOST}${JSON_BODY}Origin: https://evil.example\r\n`),
  'a form': () =>
    post(
      '/api/v1/enrolments',
      'name=x',
      `${HOST}Content-Type: application/x-www-form-urlencoded\r\n`,
    ),
  'plain text that is JSON': () =>
    post('/api/v1/sign-in-links/claim', '{}', `${HOST}Content-Type: text/plain\r\n`),
  'a body nested deep': () => post('/api/v1/rules/preview', '['.repeat(5000), SHOP + JSON_BODY),
  'objects nested deep': () =>
    post('/api/v1/rules/preview', '{"condition":'.repeat(3000), SHOP + JSON_BODY),
  'a prototype': () => post('/api/v1/sign-in-links/claim', '{"__proto__":{"role":"admin"}}'),
  'half of a body': () => post('/api/v1/rules/preview', '{"name":"', SHOP + JSON_BODY),
  'noise as JSON': () => post('/api/v1/rules/preview', noise(300), SHOP + JSON_BODY),
  'noise as a request': () => noise(400),
  'TLS, on a port without': () => `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${noise(300)}`,
  'the beginning of HTTP/2': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x12\x04\0\0\0\0\0',
  'an unknown method': () => `SUMMON /api/v1/hosts HTTP/1.1\r\n${SHOP}\r\n`,
  TRACE: () => `TRACE /api/v1/hosts HTTP/1.1\r\n${SHOP}\r\n`,
  'another method in a header': () =>
    get('/api/v1/hosts/$HOST', `${SHOP}X-HTTP-Method-Override: DELETE\r\n`),
  'a guessed token': () => get('/api/v1/hosts', `${HOST}Authorization: Bearer vigie_${word()}\r\n`),
  'a guessed cookie': () =>
    get('/api/v1/hosts', `${HOST}Cookie: vigie.session_token=${word()}.${word()}\r\n`),
  'a guessed link': () => post('/api/v1/sign-in-links/claim', `{"token":"${word()}"}`),
  'a guessed status page': () => get(`/status/${word()}${word()}`),
  'a guessed button of a mail': () => post('/api/v1/mail-actions/inspect', `{"token":"${word()}"}`),
  'a guessed password': () =>
    post('/api/auth/sign-in/email', `{"email":"ada@example.org","password":"${word()}"}`),
  'SQL in a name': () =>
    post('/api/auth/sign-in/email', `{"email":"a@b.c' or 1=1 --","password":"${word()}"}`),
  'SQL in an id': () => get("/api/v1/hosts/1'%20or%20'1'='1", SHOP),
  'SQL in a query': () => get('/api/v1/events?host=$HOST%20or%201=1', SHOP),
  'an id beyond numbers': () => get('/api/v1/hosts/99999999999999999999', SHOP),
  'a span beyond time': () =>
    get('/api/v1/history?metric=system.cpu.utilization&from=-1e300&to=1e300&points=1e9', SHOP),
  'a host out of sight': () => get('/api/v1/hosts/$HOST', SHOP),
  'the history of a host out of sight': () =>
    get('/api/v1/hosts/$HOST/history?metric=system.cpu.utilization', SHOP),
  'the processes of a host out of sight': () => get('/api/v1/hosts/$HOST/processes', SHOP),
  'the picture of a host out of sight': () => get('/api/v1/hosts/$HOST/graph.svg', SHOP),
  'all hosts': () => get('/api/v1/hosts?limit=200', SHOP),
  'what administrators may': () => get('/api/v1/tokens', SHOP),
  'a change by a viewer': () =>
    post('/api/v1/hosts/$HOST/tags', '{"tags":["shop"]}', SHOP + JSON_BODY, 'PUT'),
  'a rule by a viewer': () => post('/api/v1/rules', '{}', SHOP + JSON_BODY),
  'lines in a query': () => get('/api/v1/events?cursor=1%0d%0aSet-Cookie:%20a=b', SHOP),
  'a name twice in a query': () =>
    get('/api/v1/hosts?limit=1&limit=2&limit[]=3&__proto__[x]=4', SHOP),
  'ranges without end': () => get('/favicon.ico', `${HOST}Range: bytes=${'0-,'.repeat(1000)}\r\n`),
  'an upgrade without a key': () =>
    get('/live', `${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n`),
  'an upgrade of an old version': () =>
    get(
      '/agent',
      `${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 7\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n`,
    ),
  'an upgrade to HTTP/2': () =>
    get(
      '/',
      `${HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n`,
    ),
  'an upgrade of the API': () =>
    get(
      '/api/v1/hosts/$HOST',
      `${SHOP}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n`,
    ),
  'half of a request': () => `GET /api/v1/hosts HTTP/1.1\r\nHo`,
}
