// The hub's end of /live against real sockets; each test is named by the rule of docs/protocol.md that it proves.
import { once } from 'node:events'
import { decodeBlock } from '@vigie/shared/codec/block'
import type { LiveMessage } from '@vigie/shared/protocol/live'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { KEYS, TestAgent } from './test-agent.ts'
import { lockDatabase, startHub, type TestHub } from './test-hub.ts'

const second = (): number => Math.floor(Date.now() / 1000) * 1000

/** A browser's end: cookies of a session, an Origin, and what was heard so far. */
class TestBrowser {
  readonly socket: WebSocket
  readonly messages: LiveMessage[] = []
  readonly frames: Uint8Array[] = []
  readonly #waiting = new Set<() => void>()

  constructor(hub: TestHub, headers: Record<string, string>) {
    const url = `${hub.address.replace('http', 'ws')}/live`
    this.socket = new WebSocket(url, ['vigie.live.1'], { headers })
    this.socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.frames.push(new Uint8Array(data))
      else this.messages.push(JSON.parse(data.toString()) as LiveMessage)
      for (const wake of this.#waiting) wake()
    })
  }

  subscribe(figures: number[], hosts: number[]): void {
    this.socket.send(JSON.stringify({ type: 'subscribe', figures, hosts }))
  }

  async hears<Type extends LiveMessage['type']>(
    type: Type,
  ): Promise<Extract<LiveMessage, { type: Type }>> {
    for (;;) {
      const index = this.messages.findIndex((message) => message.type === type)
      const [found] = index < 0 ? [] : this.messages.splice(index, 1)
      if (found) return found as Extract<LiveMessage, { type: Type }>
      await this.#change()
    }
  }

  async frame(): Promise<{ hostId: number; startMs: number; values: number[] }> {
    for (;;) {
      const bytes = this.frames.shift()
      // Hosts of these tests have ids under 128: one byte.
      if (bytes) {
        const { startMs, values } = decodeBlock(bytes.subarray(1))
        return { hostId: bytes[0] ?? 0, startMs, values: [...values] }
      }
      await this.#change()
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve))
  }
}

async function signIn(hub: TestHub): Promise<Record<string, string>> {
  const claimed = await hub.people.claim(
    {
      token: await hub.people.issueSignInToken(),
      email: 'ada@example.org',
      password: 'a long enough password',
    },
    { address: '127.0.0.1', userAgent: undefined },
  )
  if (claimed.outcome !== 'signed-in') throw new Error(claimed.outcome)
  const cookie = claimed.cookies.map((written) => written.split(';')[0]).join('; ')
  return { origin: hub.address, cookie }
}

async function joined(hub: TestHub) {
  const { token } = await hub.enrolments.create({})
  const agent = new TestAgent({ hub: hub.address, token })
  const { hostId } = await agent.enter()
  return { agent, hostId }
}

describe('a browser that watches', () => {
  it('L1: without a session the socket is closed as signedOut', async () => {
    const hub = await startHub()
    const browser = new TestBrowser(hub, { origin: hub.address })
    const [code] = (await once(browser.socket, 'close')) as [number]
    expect(code).toBe(4430)
  })

  it.each([{ origin: 'http://evil.example' }, {}])(
    'L1: a page of another site, or none, gets 403 at the upgrade: %o',
    async (headers) => {
      const hub = await startHub()
      const { cookie } = await signIn(hub)
      const browser = new TestBrowser(hub, { cookie: cookie ?? '', ...headers })
      const [error] = (await once(browser.socket, 'error')) as [Error]
      expect(error.message).toContain('403')
    },
  )

  it('L1: a session that ends elsewhere ends the watching', async () => {
    const hub = await startHub({ limits: { checkSessionEveryMs: 20 } })
    const headers = await signIn(hub)
    const browser = new TestBrowser(hub, headers)
    await browser.hears('beat')
    await hub.people.signOut(headers)
    const [code] = (await once(browser.socket, 'close')) as [number]
    expect(code).toBe(4430)
  })

  it('L1: a program with a token watches until the token is ended', async () => {
    const hub = await startHub({ limits: { checkSessionEveryMs: 20 } })
    const { id, token } = await hub.tokens.create({ name: 'watch', role: 'viewer' })
    const program = new TestBrowser(hub, { authorization: `Bearer ${token}` })
    await program.hears('beat')
    await hub.tokens.delete(id)
    const [code] = (await once(program.socket, 'close')) as [number]
    expect(code).toBe(4430)
  })

  it('L1: a program with a bad token is closed as signedOut', async () => {
    const hub = await startHub()
    const program = new TestBrowser(hub, { authorization: `Bearer vigie_${'A'.repeat(43)}` })
    const [code] = (await once(program.socket, 'close')) as [number]
    expect(code).toBe(4430)
  })

  it('L2: the beat comes first, and what is wrong with the hub after it', async () => {
    const hub = await startHub()
    const browser = new TestBrowser(hub, await signIn(hub))
    await browser.hears('problems')
    expect(browser.messages.map(({ type }) => type)).toEqual(['beat', 'incidents'])
  })

  it('L6: a problem of the hub reaches every browser when it comes and when it goes', async () => {
    const hub = await startHub()
    const headers = await signIn(hub)
    const browser = new TestBrowser(hub, headers)
    expect((await browser.hears('problems')).problems).toEqual([])
    hub.state.raise('disk-low', 'There is little room.')
    const { problems } = await browser.hears('problems')
    expect(problems).toMatchObject([{ kind: 'disk-low', detail: 'There is little room.' }])
    const late = new TestBrowser(hub, headers)
    expect((await late.hears('problems')).problems).toEqual(problems)
    hub.state.clear('disk-low')
    expect((await browser.hears('problems')).problems).toEqual([])
  })

  it('L3: recent CPU of before the hub’s start, with what came after it', async () => {
    const earlier = await startHub()
    const { agent, hostId } = await joined(earlier)
    const timeMs = second()
    for (const [ago, cpu] of [
      [200, 9999],
      [110, 1000],
      [3, 2000],
    ] as const) {
      agent.tick(timeMs - ago * 1000, [cpu, 1, 1, 1])
    }
    await agent.acknowledged(3)
    await earlier.close()

    const hub = await startHub({ dataDirectory: earlier.dataDirectory })
    const back = new TestAgent({ hub: hub.address, keys: agent.keys })
    await back.enter()
    await back.acknowledged(back.tick(timeMs, [3000, 1, 1, 1]))
    const browser = new TestBrowser(hub, await signIn(hub))
    await browser.hears('beat')
    browser.subscribe([hostId], [])
    const { hosts } = await browser.hears('recent')
    const [recent] = hosts
    expect(recent).toMatchObject({ id: hostId, endMs: timeMs })
    const found = (recent?.cpuRatio ?? []).flatMap((ratio, slot) =>
      ratio === null ? [] : [[slot, ratio]],
    )
    expect(found).toEqual([
      [9, 0.1],
      [116, 0.2],
      [119, 0.3],
    ])
  })

  it('L3: figures and recent CPU of the hosts in sight, blocks of the open ones after their table', async () => {
    const hub = await startHub()
    const { agent, hostId } = await joined(hub)
    const timeMs = second()
    await agent.acknowledged(agent.tick(timeMs - 1000, [1000, 500, 1000, 42]))
    const browser = new TestBrowser(hub, await signIn(hub))
    await browser.hears('beat')
    browser.subscribe([hostId], [hostId])
    const recent = await browser.hears('recent')
    expect(recent.hosts[0]).toMatchObject({ id: hostId, endMs: timeMs - 1000, stepMs: 1000 })
    expect(recent.hosts[0]?.cpuRatio.at(-1)).toBe(0.1)
    expect((await browser.hears('figures')).hosts[0]?.figures.timeMs).toBe(timeMs - 1000)
    expect(await browser.hears('series')).toMatchObject({ host: hostId, keys: KEYS })
    expect((await browser.frame()).startMs).toBe(timeMs - 1000)

    agent.tick(timeMs, [2000, 500, 1000, 42])
    const values = [2000, 500, 1000, 42]
    expect(await browser.frame()).toEqual({ hostId, startMs: timeMs, values })
    expect((await browser.hears('figures')).hosts[0]?.figures.cpuRatio).toBe(0.2)
    expect(browser.messages.filter(({ type }) => type === 'series')).toEqual([])
  })

  it('L3: blocks are sent before they are committed', async () => {
    const hub = await startHub({ limits: { commitEveryMs: 86_400_000 } })
    const { agent, hostId } = await joined(hub)
    const browser = new TestBrowser(hub, await signIn(hub))
    await browser.hears('beat')
    browser.subscribe([], [hostId])
    agent.tick(second())
    expect((await browser.frame()).hostId).toBe(hostId)
    expect(agent.framesAcknowledged).toBe(0)
  })

  it('L4: a new host reaches every browser, and so does a snapshot those that have it open', async () => {
    const hub = await startHub()
    const browser = new TestBrowser(hub, await signIn(hub))
    await browser.hears('beat')
    const { agent, hostId } = await joined(hub)
    const { changed } = await browser.hears('hosts')
    expect(changed[0]).toMatchObject({ id: hostId, name: 'test-host' })
    browser.subscribe([], [hostId])
    agent.say({ type: 'snapshot', snapshot: { timeMs: second(), failedUnits: ['x.service'] } })
    expect((await browser.hears('snapshot')).snapshot.failedUnits).toEqual(['x.service'])
  })

  it('F2: a message that is not a subscription closes the socket', async () => {
    const hub = await startHub()
    const browser = new TestBrowser(hub, await signIn(hub))
    await browser.hears('beat')
    browser.socket.send('{"type":"subscribe"}')
    const [code] = (await once(browser.socket, 'close')) as [number]
    expect(code).toBe(4400)
  })

  it('L5: a slow browser loses blocks and learns which, and nobody waits for it', async () => {
    const hub = await startHub({ limits: { maxWaitingBytes: 64 * 1024 } })
    const { agent, hostId } = await joined(hub)
    const headers = await signIn(hub)
    const slow = new TestBrowser(hub, headers)
    const quick = new TestBrowser(hub, headers)
    for (const browser of [slow, quick]) {
      await browser.hears('beat')
      browser.subscribe([], [hostId])
    }
    agent.say({ type: 'clock', sentMs: 1 })
    await agent.hears('clock')
    slow.socket.pause()
    const lastMs = second()
    let frame = 0
    let sentMs = lastMs - 3600_000 * 1000
    // Blocks of many ticks fill the kernel's buffers; the quick browser gets each of them.
    while ((await droppedBy(hub)) === 0) {
      for (let count = 0; count < 8; count++) {
        frame = agent.sendBlock(wideBlock(agent.revision, (sentMs += 3600_000)))
        expect((await quick.frame()).startMs).toBe(sentMs)
      }
    }
    await agent.acknowledged(frame)
    slow.socket.resume()
    const dropped = await slow.hears('dropped')
    expect(dropped.host).toBe(hostId)
    expect(dropped.sinceMs).toBeLessThanOrEqual(sentMs)
    // Once it has caught up it is sent what arrives.
    agent.tick(lastMs)
    for (;;) if ((await slow.frame()).startMs === lastMs) break
  })
})

it('a socket that is still on its way when the hub stops does not keep it from ending', async () => {
  const hub = await startHub()
  const { token } = await hub.tokens.create({ name: 'watch', role: 'viewer' })
  // Who comes with a token waits for its use to be written, and so does nothing else then.
  await expect.poll(() => hub.store.pendingRequests()).toBe(0)
  const lock = lockDatabase(hub.dataDirectory)
  const program = new TestBrowser(hub, { authorization: `Bearer ${token}` })
  const ended = once(program.socket, 'close')
  await expect.poll(() => hub.store.pendingRequests()).toBeGreaterThan(0)
  const closed = hub.close()
  // Browsers are sent away in this turn; this one is not among them yet.
  await new Promise(setImmediate)
  lock.release()
  expect((await ended)[0]).toBe(4503)
  await closed
})

async function droppedBy(hub: TestHub): Promise<number> {
  const metric = await hub.registry.getSingleMetric('vigie_live_frames_dropped_total')?.get()
  return metric?.values[0]?.value ?? 0
}

/** Some tens of kilobytes: an hour of values that do not compress. */
function wideBlock(revision: number, startMs: number) {
  const ticks = 3600
  const values = Float64Array.from({ length: ticks * KEYS.length }, (_, index) =>
    index % 2 === 0 ? 2 ** 50 : -(2 ** 50),
  )
  return { revision, startMs, stepMs: 1000, present: new Uint8Array(ticks).fill(1), values }
}
