// Owns the requests of the settings about mail: who is mailed, trying it out, and the buttons of mails.
import type { MailTestList, Recipient, RecipientDraft } from '@vigie/shared/api/mail'
import type {
  MailAction,
  MailActionConfirmation,
  MailActionOutcome,
} from '@vigie/shared/api/mail-action'
import type { Static } from 'typebox'
import { request, send } from './request.ts'

type TestMails = Static<typeof MailTestList>['items']

/** Adds an address, or changes how it is mailed. */
export async function putRecipient(address: string, draft: RecipientDraft): Promise<Recipient> {
  return (await send(recipientPath(address), draft, 'PUT')).json() as Promise<Recipient>
}

export async function deleteRecipient(address: string): Promise<void> {
  await request(recipientPath(address), { method: 'DELETE' })
}

/** One mail of each kind is written into the outbox. */
export async function testMail(to: string): Promise<TestMails> {
  return ((await (await send('/api/v1/mail/test', { to })).json()) as { items: TestMails }).items
}

/** Everything that waits is tried now. */
export async function retryMails(): Promise<void> {
  await request('/api/v1/mails/retry', { method: 'POST' })
}

/** What the button of a mail would do. Does nothing. */
export async function inspectAction(token: string): Promise<MailAction> {
  return (await send('/api/v1/mail-actions/inspect', { token })).json() as Promise<MailAction>
}

/** Does it. */
export async function confirmAction(
  confirmation: MailActionConfirmation,
): Promise<MailActionOutcome> {
  const response = await send('/api/v1/mail-actions/confirm', confirmation)
  return response.json() as Promise<MailActionOutcome>
}

function recipientPath(address: string): string {
  return `/api/v1/mail/recipients/${encodeURIComponent(address)}`
}
