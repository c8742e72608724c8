// Ways to another's session, tried against a real hub: guessing from many addresses, a cookie that somebody else has put
// there, and an archive that unpacks to more than there is room for.
import { createWriteStream } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { TestAgent } from '../test-agent.ts'
import { startHub, tempDirectory, type TestHub } from '../test-hub.ts'
import { run } from './command.ts'
import { ADA, administratorOf, Visitor } from './visitor.ts'

const SIGN_IN = '/api/auth/sign-in/email'

/** Tries a password from an address of loopback; resolves with the status. */
function guess(hub: TestHub, password: string, localAddress: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', origin: hub.address }
    const sent = request(new URL(SIGN_IN, hub.address), { method: 'POST', headers, localAddress })
    sent.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end(JSON.stringify({ ...ADA, password }))
  })
}

it.runIf(process.platform === 'linux')(
  'guessing a password from many addresses is slowed down by its account',
  async () => {
    // No time passes, so that nothing is forgiven.
    const hub = await startHub({ clock: { ...systemClock, elapsedMs: () => 0 } })
    await administratorOf(hub)
    const statuses: number[] = []
    for (let number = 2; number < 32; number++) {
      statuses.push(await guess(hub, `a wrong password ${number}`, `127.0.0.${number}`))
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    // Far fewer were compared than were sent.
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(15)
    // Nor does the right one pass for a stranger while its account waits: else the answer would tell it.
    expect(await guess(hub, ADA.password, '127.0.0.99')).toBe(429)
  },
)

it('a cookie that was there before signing in is not the session after it', async () => {
  const hub = await startHub()
  const victim = await administratorOf(hub)
  const [[name, before] = ['', '']] = [...victim.cookies]
  // The attacker knows this cookie, and has put it into another browser of the victim.
  const browser = new Visitor(hub)
  browser.cookies.set(name, before)
  expect((await browser.post(SIGN_IN, ADA)).status).toBe(204)
  const after = browser.cookies.get(name)
  expect(after).not.toBe(before)

  for (const planted of ['x', `${before.split('.')[0] ?? ''}.x`, 'A'.repeat(4000), '%00', '']) {
    const fixed = new Visitor(hub)
    fixed.cookies.set(name, planted)
    expect((await fixed.get('/api/v1/hosts')).status, planted.slice(0, 20)).toBe(401)
    expect((await fixed.post(SIGN_IN, ADA)).status, planted.slice(0, 20)).toBe(204)
    expect(fixed.cookies.get(name)).not.toBe(planted)
  }
})

it('an archive that unpacks without end is refused at its first line', async () => {
  const hub = await startHub()
  const { token } = await hub.enrolments.create({ name: 'web-1' })
  const agent = new TestAgent({ hub: hub.address, token })
  await agent.enter()
  await agent.close()
  const file = join(await tempDirectory(), 'bomb.ndjson.gz')
  const zeros = Buffer.alloc(1 << 20, '0')
  const endless = Readable.from(
    (function* () {
      for (let count = 0; count < 256; count++) yield zeros
    })(),
  )
  await pipeline(endless, createGzip(), createWriteStream(file))
  const { code, stderr } = await run(['import', 'web-1', file], { VIGIE_DATA: hub.dataDirectory })
  expect(code).toBe(1)
  expect(stderr).toContain('line 1')
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
