// Those who send a byte at a time, or nothing: each is given up in its time, and everybody else is served meanwhile.
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { TestAgent } from '../test-agent.ts'
import { startHub } from '../test-hub.ts'
import { RawClient } from './raw-http.ts'

const CONNECTIONS_OF_EACH = 12

// A path that is taken without a session, so that its body is read.
const CLAIM =
  'POST /api/v1/sign-in-links/claim HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
const UPGRADE =
  'GET /agent HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'

const SLOW = {
  'nothing at all': ['', ''],
  'a request line': ['GET /', 'x'],
  headers: ['GET / HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n'],
  'a body': [`${CLAIM}Content-Length: 100000\r\n\r\n`, ' '],
  chunks: [`${CLAIM}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  'an upgrade': [UPGRADE, 'X-A: b\r\n'],
} as const

it('requests without end are given up, while an agent is acknowledged', async () => {
  const requestTimes = { headersMs: 500, requestMs: 800, checkEveryMs: 50 }
  const hub = await startHub({ limits: { requestTimes } })
  const { token } = await hub.enrolments.create({})
  const agent = new TestAgent({ hub: hub.address, token })
  await agent.enter()
  const slow = Object.entries(SLOW).flatMap(([what, [start, then]]) =>
    Array.from({ length: CONNECTIONS_OF_EACH }, () => {
      const client = new RawClient(hub.address).write(start)
      return { what, client, drip: () => then && client.socket.writable && client.write(then) }
    }),
  )
  const timer = setInterval(() => slow.forEach(({ drip }) => drip()), 40)
  const secondMs = Math.floor(Date.now() / 1000) * 1000
  let honestTicks = 0
  const open = new Set(slow)
  for (const each of slow) void each.client.closed.then(() => open.delete(each))
  do await agent.acknowledged(agent.tick(secondMs - ++honestTicks * 1000))
  while (open.size > 0)
  clearInterval(timer)
  expect((await fetch(`${hub.address}/healthz`)).status).toBe(200)
  expect(agent.framesAcknowledged).toBe(honestTicks)
  for (const { what, client } of slow) {
    // Beyond a few tries of one address a request is refused at once, and given up all the same.
    expect(client.received, what).toMatch(/^(HTTP\/1\.1 429 .*)?(HTTP\/1\.1 408 .*)?$/s)
  }
  await agent.close()
})

it('H5 half of a frame keeps no socket open beyond the time of the handshake', async () => {
  const hub = await startHub({ limits: { handshakeTimeoutMs: 500 } })
  const socket = new WebSocket(`${hub.address.replace('http', 'ws')}/agent`, 'vigie.agent.1')
  const closed = once(socket, 'close') as Promise<[number]>
  await once(socket, 'open')
  const { _socket: wire } = socket as unknown as { _socket: Socket }
  // A text frame that says it has a million bytes, and the first of them.
  wire.write(Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, 1, 2, 3, 4]))
  const timer = setInterval(() => wire.writable && wire.write('x'), 20)
  const [code] = await closed
  clearInterval(timer)
  expect(code).toBe(CLOSE.timeout.code)
})
