// Owns the mailing of links that let somebody in: at once and past the ledger, which keeps what it sends.
import { readFile } from 'node:fs/promises'
import type { Locale } from '@vigie/shared/format/locale'
import type { Clock } from '../clock.ts'
import type { MailSettings } from '../mail-settings.ts'
import { inviteLetter, type InviteFacts } from './letters/invite-letter.ts'
import { newMessageId } from './message-id.ts'
import { createRelay, type RelayPatience } from './relay.ts'

/** Somebody waits for the answer, and can hand the link over by hand. */
const PATIENCE: RelayPatience = { connectMs: 10_000, sendMs: 10_000, answerMs: 15_000 }

export interface InviteMail extends InviteFacts {
  readonly to: string
  readonly locale: Locale | undefined
}

export interface InviteMailer {
  /** Undefined: a relay took it. Else the relay's words, or what kept it from speaking. */
  send(mail: InviteMail): Promise<string | undefined>
  close(): void
}

/** Undefined where no mail is set. */
export async function createInviteMailer(
  settings: MailSettings,
  clock: Clock,
): Promise<InviteMailer | undefined> {
  const { smtpUrl: url, smtpTls: tls, smtpCaFile, mailFrom: from, mailLanguage } = settings
  if (!url) return undefined
  const authority = smtpCaFile === undefined ? undefined : await readFile(smtpCaFile, 'utf8')
  const options = { name: 'primary', url, tls, authority, from, maxConnections: 1 } as const
  const relay = createRelay({ ...options, patience: PATIENCE })
  return {
    async send({ to, locale = mailLanguage, ...facts }) {
      const outcome = await relay.deliver({
        id: 0,
        // Of no kind that the ledger knows, since it is not in it.
        kind: 'test',
        channel: 'mail',
        recipient: to,
        ...inviteLetter(facts, locale),
        images: [],
        messageId: newMessageId(from),
        references: [],
        writtenMs: clock.nowMs(),
        attempts: 0,
        nextMs: 0,
      })
      return outcome.outcome === 'delivered' ? undefined : outcome.answer
    },
    close: () => relay.close(),
  }
}
