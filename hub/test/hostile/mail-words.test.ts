// Words of advisories and names of people that are made to write headers, hide what follows or end a mail early, through the whole
// hub to a real relay: each is one mail, to one address, with the hub's headers. Names of hosts, devices and rules, and a hundred
// others by chance: mail-content.test.ts and src/mail/relay-message.test.ts.
import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { advisory, AdvisoryBoard } from '../advisory-board.ts'
import { administratorOf } from '../doors/visitor.ts'
import { MAIL_HEADERS, TestRelay, type ArrivedMail } from '../mail-relay.ts'
import { OPS } from '../mailing-app.ts'
import { startWatching } from '../watched-hosts.ts'

vi.setConfig({ testTimeout: 60_000 })

const HOSTILE = `\r\nBcc: evil@example.org\r\n\r\n.\r\nQUIT\r\n\0\u2028X-Evil: 1\u0085<img src=x onerror=alert(1)>=?utf-8?q?=0D=0AX-Evil:_1?=\u202e\u2066cod\ud800`
const LONG = `${HOSTILE}${'é'.repeat(20_000)}`
const BEA = 'bea@example.org'

function expectAsMeant({ raw, parsed, to }: ArrivedMail, recipient: string): void {
  expect(to).toEqual([recipient])
  expect([parsed.to].flat().map((some) => some?.text)).toEqual([recipient])
  expect(parsed.headerLines.map(({ key }) => key).sort()).toEqual(MAIL_HEADERS)
  expect(parsed.from?.text).toBe('"Vigie" <vigie@hub.example>')
  expect(parsed.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]|=\?/u)
  expect(parsed.html).not.toMatch(/<img src=x/)
  // RFC 5322, section 2.1.1.
  const longest = Math.max(
    ...raw
      .toString('latin1')
      .split('\r\n')
      .map(({ length }) => length),
  )
  expect(longest).toBeLessThanOrEqual(998)
  expect(raw.toString('latin1')).not.toMatch(/(^|[^\r])\n|\r(?!\n)/)
}

it('are words in the mails of an advisory and of an invite', async () => {
  const relay = await TestRelay.start()
  const board = await AdvisoryBoard.start(advisory('CERTFR-2099-ALE-901'))
  const hub = await startWatching(board, { smtpUrl: relay.url() })
  const [begun] = await relay.takes(1)
  if (!begun) throw new Error('the watch was not told of')
  expectAsMeant(begun, OPS)

  board.documents.push(
    advisory('CERTFR-2099-ALE-902', {
      title: LONG,
      summary: LONG,
      solution: LONG,
      risks: [LONG],
      affected: [{ text: HOSTILE, vendor: HOSTILE, product: HOSTILE }],
      cves: ['CVE-2099-10002'],
      links: [{ title: HOSTILE, url: 'https://tarnel.example/\r\nBcc:evil@example.org' }],
      revisions: [{ dateMs: 0, text: HOSTILE }],
    }),
  )
  await hub.certWatch.checkNow()
  const [, told] = await relay.takes(2)
  if (!told) throw new Error('the advisory was not told of')
  expectAsMeant(told, OPS)
  expect(told.parsed.subject).toContain('Bcc: evil@example.org')

  const admin = await administratorOf(hub)
  // No door lets such a name in; a database may have one.
  await sql`update person set name = ${LONG}`.execute(hub.store.db)
  const made = await admin.post('/api/v1/invites', { email: BEA, role: 'viewer', language: 'fr' })
  expect(made.json()).toMatchObject({ isMailed: true })
  const [, , invite] = await relay.takes(3)
  if (!invite) throw new Error('nobody was invited')
  expectAsMeant(invite, BEA)

  const invited = (email: string) => admin.post('/api/v1/invites', { email, role: 'viewer' })
  const separate = [`a@example.org\r\nBcc: ${BEA}`, `a@example.org,${BEA}`]
  for (const email of [...separate, `<${BEA}>`, '"a\r\n"@b.c']) {
    expect((await invited(email)).status, email).toBe(400)
  }
  expect((await admin.send('PATCH', '/api/v1/me', { body: { name: HOSTILE } })).status).toBe(400)
  expect(relay.arrived).toHaveLength(3)
})
