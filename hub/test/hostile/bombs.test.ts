// What is small as it comes and very large as it is unpacked, at every place where the hub might unpack it: it unpacks nothing that
// it need not, of the rest so many bytes, and its memory does not follow. Archives for `vigie import`: doors/attacks.test.ts;
// documents of CERT-FR in Chromium: cert-failures.test.ts; Debian's data: debian-data.test.ts.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Readable, type Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  constants,
  createBrotliCompress,
  createDeflate,
  createGzip,
  createZstdCompress,
  deflateRawSync,
} from 'node:zlib'
import { encodeBlock } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from '../../src/clock.ts'
import { fetchBounded } from '../../src/cert/sources/bounded-fetch.ts'
import { startHeartbeat } from '../../src/mail/heartbeat.ts'
import { decompressText } from '../../src/store/package-text.ts'
import { KEYS, newKeys, TestAgent } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { answersTo } from './raw-http.ts'

const PIECE = Buffer.alloc(32 << 20, ' ')
const PIECES = 16
/** Far less than a bomb unpacks to, and more than a test takes. */
const ROOM_BYTES = 200 << 20

const ends: (() => Promise<void>)[] = []
let hub: TestHub
let viewer = ''

beforeAll(async () => {
  hub = await startHub({}, (end) => ends.push(end))
  viewer = (await hub.tokens.create({ name: 'a viewer', role: 'viewer' })).token
}, 60_000)
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

// Piece by piece, so that the making takes no room.
const packed = (packer: Duplex): Promise<Buffer> =>
  buffer(Readable.from(new Array<Buffer>(PIECES).fill(PIECE)).pipe(packer))
const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } }
const BOMBS = {
  gzip: await packed(createGzip()),
  deflate: await packed(createDeflate()),
  br: await packed(createBrotliCompress(quickly)),
  zstd: await packed(createZstdCompress()),
}

/** How far the memory of this process grows meanwhile, at its most. */
async function growthOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5)
  try {
    await work()
  } finally {
    clearInterval(watch)
  }
  return Math.max(most, process.memoryUsage().rss) - before
}

/** A server that answers everything with one bomb. */
async function bombing(coding: string, bomb: Buffer): Promise<URL> {
  const server = createServer((_, answer) => {
    answer.on('error', () => undefined)
    answer.setHeader('content-encoding', coding).end(bomb)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

describe.each(Object.entries(BOMBS))('a bomb of %s', (coding, bomb) => {
  it('is small as it comes', () => {
    expect(bomb.length).toBeLessThan(1 << 20)
  })

  it('as a body is refused, and not unpacked', async () => {
    const headers = `Host: localhost\r\nContent-Type: application/json\r\nContent-Encoding: ${coding}\r\nContent-Length: ${bomb.length}\r\n`
    const bytes = `POST /api/v1/sign-in-links/claim HTTP/1.1\r\n${headers}\r\n${bomb.toString('latin1')}`
    const grown = await growthOf(async () => {
      const [answer] = await answersTo(hub.address, bytes)
      expect(answer?.status).toBe(400)
    })
    expect(grown).toBeLessThan(ROOM_BYTES)
  })

  it('as a file of a source is given up at its limit', async () => {
    const url = await bombing(coding, bomb)
    const options = {
      userAgent: 'Vigie',
      maxBytes: 1_000_000,
      signal: new AbortController().signal,
    }
    const grown = await growthOf(async () => {
      const reading = fetchBounded(url.href, options)
      // It is asked for no such coding, and what comes all the same is not unpacked.
      if (coding === 'zstd') expect((await reading).length).toBeLessThan(options.maxBytes)
      else await expect(reading).rejects.toMatchObject({ kind: 'too-large' })
    })
    expect(grown).toBeLessThan(ROOM_BYTES)
  })

  it('as the answer to a heartbeat is read as far as it is shown', async () => {
    const url = await bombing(coding, bomb)
    const log = pino({ level: 'silent' })
    const options = { url, isHealthy: () => true, clock: systemClock, log, everyMs: 10 }
    const grown = await growthOf(async () => {
      const heartbeat = startHeartbeat(options)
      onTestFinished(() => heartbeat.close())
      await expect.poll(() => heartbeat.state().answer).toMatch(/^200/)
    })
    expect(grown).toBeLessThan(ROOM_BYTES)
  })
})

it('a body that comes in pieces is refused at its limit', async () => {
  const piece = `10000\r\n${' '.repeat(0x10000)}\r\n`
  const bytes = `POST /api/v1/sign-in-links/claim HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${piece.repeat(40)}0\r\n\r\n`
  const [answer] = await answersTo(hub.address, bytes)
  expect(answer?.status).toBe(413)
})

describe.each([
  ['/agent', 'vigie.agent.1'],
  ['/live', 'vigie.live.1'],
])('the socket %s', (path, protocol) => {
  const headers = (): Record<string, string> =>
    path === '/live' ? { authorization: `Bearer ${viewer}` } : {}

  it('agrees on no compression, whatever is offered, and takes no frame that is compressed', async () => {
    const socket = new WebSocket(hub.address.replace('http', 'ws') + path, protocol, {
      headers: headers(),
      perMessageDeflate: true,
    })
    const closed = once(socket, 'close') as Promise<[number]>
    await once(socket, 'open')
    expect(socket.extensions).toBe('')
    const { _socket: wire } = socket as unknown as { _socket: Socket }
    const bomb = deflateRawSync(PIECE).subarray(0, 60_000)
    const size = Buffer.from([0x80 | 126, bomb.length >> 8, bomb.length & 255, 0, 0, 0, 0])
    // The first reserved bit says that it is compressed (RFC 7692, section 6).
    wire.write(Buffer.concat([Buffer.from([0xc2]), size, bomb]))
    const [code] = await closed
    expect(code).toBe(1002)
  })
})

it('a block has a byte for each value, and no more values than one may have', async () => {
  const { token } = await hub.enrolments.create({})
  const keys = newKeys()
  const enter = async (): Promise<TestAgent> => {
    const agent = new TestAgent({ hub: hub.address, keys, token })
    await agent.enter()
    return agent
  }
  const full = (ticks: number, startMs: number): Uint8Array =>
    encodeBlock({
      revision: tableRevision(KEYS),
      startMs,
      stepMs: 1000,
      present: new Uint8Array(ticks).fill(1),
      values: new Float64Array(ticks * KEYS.length).fill(1),
    })
  const hourAgo = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
  expect(full(3600, hourAgo).length).toBeGreaterThanOrEqual(3600 * KEYS.length)
  const agent = await enter()
  const grown = await growthOf(async () => {
    await agent.acknowledged(agent.sendBytes(full(3600, hourAgo)))
    // As full as none may be.
    agent.sendBytes(full(4096, hourAgo))
    expect((await agent.ended()).name).toBe('malformed')
  })
  expect(grown).toBeLessThan(ROOM_BYTES)
})

it('a list of packages that unpacks to more than any is none', async () => {
  const grown = await growthOf(async () => {
    expect(await decompressText(BOMBS.zstd)).toBeUndefined()
  })
  expect(grown).toBeLessThan(ROOM_BYTES)
})
