// Ways to another's session, tried against a real hub: guessing from many addresses, and cookies that somebody else has put
// there. An archive that unpacks to more than there is room for.
import { createWriteStream } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { TestAgent } from '../test-agent.ts'
import { startHub, tempDirectory, type TestHub } from '../test-hub.ts'
import { answersTo } from '../hostile/raw-http.ts'
import { run } from './command.ts'
import { ADA, administratorOf, Visitor, type Answer } from './visitor.ts'

const SIGN_IN = '/api/auth/sign-in/email'
const SECOND_STEP = '/api/auth/sign-in/second-factor'

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

describe('a cookie that another site of the domain has put there', () => {
  // Browsers send both; which comes first is theirs to say.
  const both = (name: string, ...values: readonly string[]): Record<string, string> => ({
    cookie: values.map((value) => `${name}=${value}`).join('; '),
  })

  it('S4 makes nobody somebody else: of two sessions none is believed', async () => {
    const hub = await startHub()
    const victim = await administratorOf(hub)
    const attacker = new Visitor(hub)
    expect((await attacker.post(SIGN_IN, ADA)).status).toBe(204)
    const [name = ''] = victim.cookies.keys()
    const [mine = '', theirs = ''] = [victim, attacker].map(({ cookies }) => cookies.get(name))
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await new Visitor(hub).get('/api/v1/hosts', headers)).status
    for (const value of [mine, theirs]) expect(await ask(both(name, value))).toBe(200)
    for (const values of [
      [mine, theirs],
      [theirs, mine],
      [mine, 'x'],
      ['', mine],
      [mine, mine],
    ]) {
      expect(await ask(both(name, ...values)), values.join()).toBe(401)
    }
    for (const spelling of [
      `"${name}"=${theirs}`,
      `\u00a0${name}=${theirs}`,
      `\t${name}=${theirs}`,
      `${name} =${theirs}`,
      `${name.toUpperCase()}=${theirs}`,
      `$Path="/"; ${name.replace('.', '%2e')}=${theirs}`,
    ]) {
      expect(await ask({ cookie: `a=b; ${spelling}` }), spelling).toBe(401)
      expect(await ask({ cookie: `a=b; ${spelling}; ${name}=${mine}` }), spelling).toBe(200)
    }
  })

  it('is no first step of two', async () => {
    const hub = await startHub()
    const secondStep = (cookie: string): Promise<Answer> =>
      new Visitor(hub).post(SECOND_STEP, { code: '123456' }, { cookie })
    const alone = await secondStep('vigie.two_factor=a')
    expect((await secondStep('vigie.two_factor=a; vigie.two_factor=b')).text).toBe(alone.text)
  })

  it('S4 cannot be put there where TLS and the path let the hub say so', async () => {
    const written = async (publicUrl: string): Promise<string[]> => {
      const hub = await startHub({ publicUrl: new URL(publicUrl) })
      const person = new Visitor(hub)
      const token = await hub.people.issueSignInToken()
      const claimed = await person.post('/api/v1/sign-in-links/claim', { token, ...ADA })
      const signedIn = await person.post(SIGN_IN, ADA)
      expect((await person.get('/api/v1/hosts')).status).toBe(200)
      const out = await person.post('/api/auth/sign-out', {})
      expect((await person.get('/api/v1/hosts')).status).toBe(401)
      return [claimed, signedIn, out].flatMap(({ headers }) => headers['set-cookie'] ?? [])
    }
    const whole = await written('https://vigie.example')
    expect(whole.length).toBeGreaterThan(3)
    for (const cookie of whole) {
      expect(cookie).toMatch(/^__Host-vigie\.\w+=/)
      expect(cookie).toMatch(/; Path=\/(;|$)/)
      expect(cookie).toMatch(/; Secure(;|$)/)
      expect(cookie).not.toMatch(/domain/i)
    }
    for (const cookie of await written('https://example.org/vigie')) {
      expect(cookie).toMatch(/^__Secure-vigie\.\w+=.*; Path=\/vigie;.*; Secure/)
    }
  })

  it('and thousands of them are refused, and harm nobody else', async () => {
    const hub = await startHub()
    const admin = await administratorOf(hub)
    const jar = Array.from({ length: 1500 }, (_, number) => `vigie.x${number}=1`).join('; ')
    const asked = `GET /api/v1/hosts HTTP/1.1\r\nHost: localhost\r\nCookie: ${jar}\r\n\r\n`
    expect((await answersTo(hub.address, asked))[0]?.status).toBe(431)
    const some = { cookie: jar.slice(0, 12_000) }
    expect((await new Visitor(hub).get('/api/v1/hosts', some)).status).toBe(401)
    expect((await admin.get('/api/v1/hosts')).status).toBe(200)
  })
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
