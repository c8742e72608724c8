import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { RELAY_AUTHORITY, TestRelay, type Mood } from '../../test/mail-relay.ts'
import { outboxMail } from '../../test/outbox.ts'
import type { Channel } from './delivery.ts'
import { createRelay, type RelayOptions, type RelayPatience } from './relay.ts'

// Each test is impatient with what it is about, and with nothing else.
const PATIENCE = { connectMs: 20_000, sendMs: 20_000, answerMs: 20_000 }

function relayTo(url: URL, options: Partial<RelayOptions> = {}): Channel {
  const relay = createRelay({
    name: 'primary',
    url,
    tls: undefined,
    authority: undefined,
    from: 'vigie@hub.example',
    maxConnections: 2,
    ...options,
  })
  onTestFinished(() => relay.close())
  return relay
}

const mail = outboxMail({
  references: ['<5a@hub.example>'],
  subject: '[Vigie] crisis: db-1 est arrêté — 30 s',
  text: 'db-1 ne répond plus.\n▁▂▃\n',
  html: '<p>db-1 ne répond plus.</p><img src="cid:chart" alt="…">',
  images: [{ name: 'chart', png: new Uint8Array([137, 80, 78, 71]) }],
})

async function outcomeWith(mood: Mood, impatience: Partial<RelayPatience> = {}) {
  const server = await TestRelay.start({ mood })
  const relay = relayTo(server.url(), { patience: { ...PATIENCE, ...impatience } })
  const outcome = await relay.deliver(mail)
  return { server, outcome }
}

describe('a mail that a relay takes', () => {
  it('arrives as it was written', async () => {
    const { server, outcome } = await outcomeWith('accepting')
    expect(outcome).toEqual({
      outcome: 'delivered',
      code: 250,
      answer: '250 2.0.0 queued as 1',
    })
    const [{ parsed, from, to } = expect.fail()] = server.arrived
    expect({ from, to }).toEqual({ from: 'vigie@hub.example', to: ['ops@example.org'] })
    expect(parsed.from?.value).toEqual([{ name: 'Vigie', address: 'vigie@hub.example' }])
    expect(parsed.subject).toBe(mail.subject)
    expect(parsed.text).toBe(mail.text)
    expect(parsed.html).toContain('db-1 ne répond plus.')
    expect(parsed.attachments).toMatchObject([
      { cid: 'chart', related: true, contentType: 'image/png' },
    ])
    expect(parsed.messageId).toBe(mail.messageId)
    expect(parsed.date?.getTime()).toBe(mail.writtenMs)
    expect(parsed.inReplyTo).toBe('<5a@hub.example>')
    expect(parsed.references).toBe('<5a@hub.example>')
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated')
    expect(parsed.headers.has('x-mailer')).toBe(false)
  })

  it('M4: is the same to the byte when it is sent again', async () => {
    const server = await TestRelay.start()
    const relay = relayTo(server.url())
    await relay.deliver(mail)
    await relay.deliver({ ...mail, attempts: 1 })
    const [first, second] = server.arrived
    expect(first?.raw.equals(second?.raw ?? Buffer.alloc(0))).toBe(true)
  })

  it('shares a connection with the ones before it', async () => {
    const server = await TestRelay.start()
    const relay = relayTo(server.url())
    await relay.deliver(mail)
    await relay.deliver({ ...mail, messageId: '<8@hub.example>' })
    expect(server.sessions).toBe(1)
  })
})

describe('M2: a refusal', () => {
  it.each([
    ['refusingSender', 550, '550 5.7.1 not you'],
    ['refusingRecipient', 550, '550 5.1.1 no such user here'],
    ['refusingContent', 554, '554 5.6.0 not that'],
  ] as const)('of a relay that is %s is for good, with its words', async (mood, code, answer) => {
    const { outcome } = await outcomeWith(mood)
    expect(outcome).toEqual({ outcome: 'refused', code, answer })
  })

  it('needs no relay where there is no address to go to', async () => {
    const server = await TestRelay.start()
    for (const recipient of ['ops', 'a@b.c\r\nRCPT TO:<x@y.z>', 'a@b.c,d@e.f', '']) {
      const outcome = await relayTo(server.url()).deliver({ ...mail, recipient })
      expect(outcome).toMatchObject({ outcome: 'refused', code: null })
    }
    expect(server.sessions).toBe(0)
  })
})

describe('M2: tried again', () => {
  it('after greylisting, and taken then', async () => {
    const server = await TestRelay.start({ mood: 'greylisting' })
    const relay = relayTo(server.url())
    expect(await relay.deliver(mail)).toEqual({
      outcome: 'deferred',
      code: 451,
      answer: '451 4.7.1 greylisted, come again',
      isChannelFault: false,
    })
    expect(await relay.deliver(mail)).toMatchObject({ outcome: 'delivered' })
  })

  it('when nobody listens', async () => {
    const server = await TestRelay.start()
    const url = server.url()
    await server.close()
    expect(await relayTo(url).deliver(mail)).toMatchObject({
      outcome: 'deferred',
      code: null,
      answer: expect.stringContaining('ECONNREFUSED') as string,
      isChannelFault: true,
    })
  })

  it.each([
    ['silent', 'Greeting never received', { connectMs: 200 }],
    ['silentAtRecipient', 'the relay did not answer in time', { sendMs: 400 }],
    ['droppingAtOnce', 'the relay closed the connection before it said anything', {}],
    ['droppingBeforeData', 'Connection closed unexpectedly', {}],
  ] as const)('when the relay is %s', async (mood, answer, impatience) => {
    const { outcome, server } = await outcomeWith(mood, impatience)
    expect(outcome).toEqual({ outcome: 'deferred', code: null, answer, isChannelFault: true })
    expect(server.arrived).toEqual([])
  })

  it('when the relay drips, and never comes to the point', async () => {
    const server = createServer((socket) => {
      const drip = setInterval(() => socket.write('220-one moment\r\n'), 20)
      socket.on('error', () => undefined).on('close', () => clearInterval(drip))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const url = new URL(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const outcome = await relayTo(url, { patience: { ...PATIENCE, sendMs: 400 } }).deliver(mail)
    expect(outcome).toMatchObject({ outcome: 'deferred', isChannelFault: true })
  })

  it.each(['droppingAfterData', 'silentAfterData'] as const)(
    'M4: when the relay is %s, and says that it may have arrived',
    async (mood) => {
      const { outcome, server } = await outcomeWith(mood, { answerMs: 300 })
      expect(server.arrived).toHaveLength(1)
      expect(outcome).toMatchObject({
        outcome: 'deferred',
        code: null,
        answer: expect.stringMatching(/; it was sent whole and may have arrived$/) as string,
      })
    },
  )

  it('when the relay wants a password that there is not, or another one', async () => {
    const server = await TestRelay.start({ login: { user: 'ops', password: 'p@ss word' } })
    const url = server.url()
    url.password = 'hunter2'
    expect(await relayTo(url).deliver(mail)).toMatchObject({
      outcome: 'deferred',
      code: 535,
      answer: '535 5.7.8 wrong name or password',
      isChannelFault: true,
    })
    url.username = url.password = ''
    expect(await relayTo(url).deliver(mail)).toMatchObject({ outcome: 'deferred', code: 530 })
    expect(await relayTo(server.url()).deliver(mail)).toMatchObject({ outcome: 'delivered' })
  })

  it('when the hub stops', async () => {
    const server = await TestRelay.start({ mood: 'silentAtRecipient' })
    const relay = relayTo(server.url())
    const silence = once(server, 'silence')
    const outcome = relay.deliver(mail)
    await silence
    relay.close()
    expect(await outcome).toMatchObject({ outcome: 'deferred', code: null })
  })
})

describe('TLS', () => {
  it.each([
    ['tls', undefined],
    ['starttls', 'required'],
    ['starttls', 'opportunistic'],
  ] as const)('%s with %s is verified against an authority of our own', async (security, tls) => {
    const login = { user: 'ops', password: 'p@ss' }
    const server = await TestRelay.start({ security, login })
    const relay = relayTo(server.url('localhost'), { tls, authority: RELAY_AUTHORITY })
    expect(await relay.deliver(mail)).toMatchObject({ outcome: 'delivered' })
    expect(server.taken).toMatchObject([{ isOverTls: true }])
  })

  it.each([
    ['tls', 'of an unknown authority', 'localhost', undefined],
    ['tls', 'of another name', '127.0.0.1', RELAY_AUTHORITY],
    ['starttls', 'of an unknown authority', 'localhost', undefined],
    ['starttls', 'of another name', '127.0.0.1', RELAY_AUTHORITY],
  ] as const)('%s: no mail goes to a certificate %s', async (security, _, host, authority) => {
    const login = { user: 'ops', password: 'p@ss' }
    const server = await TestRelay.start({ security, login })
    const relay = relayTo(server.url(host), { tls: 'opportunistic', authority })
    expect(await relay.deliver(mail)).toMatchObject({
      outcome: 'deferred',
      code: null,
      answer: expect.stringContaining('certificate') as string,
      isChannelFault: true,
    })
    expect(server.arrived).toEqual([])
  })

  it('is waited for where it is required and not offered', async () => {
    const server = await TestRelay.start({ security: 'none' })
    const relay = relayTo(server.url(), { tls: 'required' })
    expect(await relay.deliver(mail)).toMatchObject({ outcome: 'deferred', isChannelFault: true })
    expect(server.arrived).toEqual([])
  })

  it('is not begun with a relay on this machine unless asked for', async () => {
    const server = await TestRelay.start({ security: 'starttls' })
    expect(await relayTo(server.url()).deliver(mail)).toMatchObject({ outcome: 'delivered' })
    expect(server.taken).toMatchObject([{ isOverTls: false }])
  })
})
