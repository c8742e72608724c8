import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MAIL_HEADERS, TestRelay } from '../../test/mail-relay.ts'
import { outboxMail } from '../../test/outbox.ts'
import { headerLine } from './relay-message.ts'
import { createRelay } from './relay.ts'

/** Whatever a host, a device or a rule may be called by who wants to write headers. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '\r\nBcc: victim@example.org',
        '\nX-Forged: 1',
        '\r\n\r\n<p>body</p>',
        '\r\n.\r\nMAIL FROM:<x@y.z>\r\n',
        '\0',
        '\u2028Bcc: a@b.c',
        '\u0085Subject: other',
        '=?utf-8?Q?=0D=0ABcc:_a@b.c?=',
        '\u202e',
        'é'.repeat(90),
        '\ud800',
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''))

async function relayAndServer() {
  const server = await TestRelay.start()
  const options = { tls: undefined, authority: undefined, from: 'vigie@hub.example' }
  const relay = createRelay({ name: 'primary', url: server.url(), maxConnections: 1, ...options })
  onTestFinished(() => relay.close())
  return { relay, server }
}

describe('headers', () => {
  it('are those of the hub alone, whatever the names in a subject and the words of a mail', async () => {
    const { relay, server } = await relayAndServer()
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (name, words) => {
        const subject = `[Vigie] ${name}`
        const mail = outboxMail({ subject, text: `${words}.`, html: `<p>${words}</p>` })
        expect(await relay.deliver(mail)).toMatchObject({ outcome: 'delivered' })
        const { parsed, to } = server.arrived.pop() ?? expect.fail()
        expect([...parsed.headers.keys()].toSorted()).toEqual(MAIL_HEADERS)
        expect(parsed.headerLines).toHaveLength(MAIL_HEADERS.length)
        expect(to).toEqual(['ops@example.org'])
        // Blanks around and between encoded words are the reader's.
        const read = (parsed.subject ?? '').replace(/\s+/g, '')
        expect(read).toBe(headerLine(subject).replace(/\s+/g, ''))
      }),
      { numRuns: 300 },
    )
  })

  it('hold no address but one that is an address, and no message id but one that is one', async () => {
    const { relay, server } = await relayAndServer()
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (name, reference) => {
        const recipient = `${name}@example.org`
        const mail = outboxMail({ recipient, references: [reference, '<5a@hub.example>'] })
        const { outcome } = await relay.deliver(mail)
        if (outcome !== 'delivered') {
          expect(server.arrived).toEqual([])
          return
        }
        const { parsed, to } = server.arrived.pop() ?? expect.fail()
        expect(to).toHaveLength(1)
        expect(parsed.headers.has('bcc') || parsed.headers.has('x-forged')).toBe(false)
        expect(parsed.references).toBe('<5a@hub.example>')
        expect(parsed.inReplyTo).toBe('<5a@hub.example>')
      }),
      { numRuns: 300 },
    )
  })
})
