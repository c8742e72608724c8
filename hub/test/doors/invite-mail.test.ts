// Invites that are mailed, to a real relay: the link is in the mail alone, and is shown where the mail did not go.
import type { InviteMade } from '@vigie/shared/api/invite'
import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { TestRelay } from '../mail-relay.ts'
import { startHub } from '../test-hub.ts'
import { administratorOf, Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000 })

it('I4 is mailed past the ledger, in the language that is wanted, and I5 handed over when no relay takes it', async () => {
  const relay = await TestRelay.start()
  const hub = await startHub({ smtpUrl: relay.url(), mailFrom: 'vigie@hub.example' })
  const ada = await administratorOf(hub)
  const draft = { email: 'bea@example.org', role: 'viewer', language: 'fr' }
  const made = (await ada.post('/api/v1/invites', draft)).json() as InviteMade
  expect(made).toMatchObject({ isMailed: true, url: null, mailProblem: null })
  const [mail] = await relay.takes(1)
  expect(mail?.to).toEqual(['bea@example.org'])
  expect(mail?.parsed.subject).toBe('Vigie: Vous êtes invité sur Vigie')
  const token = /\/welcome#(invite_[\w-]{43})/.exec(mail?.parsed.text ?? '')?.[1] ?? ''
  expect(mail?.parsed.html).toContain(`${hub.address}/welcome#${token}`)
  const inspected = await new Visitor(hub).post('/api/v1/invites/inspect', { token })
  expect(inspected.json()).toMatchObject({ email: 'bea@example.org' })
  const { rows } = await sql<{ count: number }>`select count(*) as count from mail`.execute(
    hub.store.db,
  )
  expect(rows).toEqual([{ count: 0 }])

  relay.mood = 'refusingRecipient'
  const other = (await ada.post('/api/v1/invites', { ...draft, email: 'cem@example.org' })).json()
  expect(other).toMatchObject({
    ...{ isMailed: false, mailProblem: expect.stringContaining('550') as string },
    url: expect.stringContaining('/welcome#invite_') as string,
  })
})
