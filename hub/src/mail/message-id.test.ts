import { expect, it } from 'vitest'
import { messageIdFor, newMessageId } from './message-id.ts'

it('a Message-ID is of the domain that the mail is from, and of no other mail', () => {
  const id = newMessageId('vigie@hub.example')
  expect(id).toMatch(/^<[0-9a-f-]{36}@hub\.example>$/)
  expect(newMessageId('vigie@hub.example')).not.toBe(id)
})

it('a mail that is to be written once has a Message-ID of what it is', () => {
  const id = messageIdFor('vigie@hub.example', 'weekly', '2026-11-30')
  expect(id).toMatch(/^<[\w-]{32}@hub\.example>$/)
  expect(messageIdFor('vigie@hub.example', 'weekly', '2026-11-30')).toBe(id)
  expect(messageIdFor('vigie@hub.example', 'weekly', '2026-12-07')).not.toBe(id)
})

it.each([
  ['vigie@hôte.example', 'xn--hte-kna.example'],
  ['vigie@hub', 'hub'],
])('a Message-ID from %s is of %s', (from, domain) => {
  expect(newMessageId(from).endsWith(`@${domain}>`)).toBe(true)
})
