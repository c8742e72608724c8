// Owns what the REST API needs of mails; app.ts passes it in.
import type {
  Mail,
  MailDetail,
  MailKind,
  MailSetup,
  MailState,
  Recipient,
  RecipientDraft,
} from '@vigie/shared/api/mail'
import type { MailActionKind } from '@vigie/shared/api/mail-action'

/** What was written, and how each attempt went. */
export interface MailLedger {
  /** Newest first. */
  page(query: {
    state?: MailState
    beforeId?: number
    advisory?: string
    limit: number
  }): Promise<Mail[]>
  get(id: number): Promise<MailDetail | undefined>
  /** Null where there is none, or none any more. */
  html(id: number): Promise<string | null>
  /** Those that the HTML names as `cid:`. */
  images(id: number): Promise<readonly { readonly name: string; readonly png: Uint8Array }[]>
}

export interface MailDesk {
  setup(): Promise<MailSetup>
  /** Adds an address, or changes how it is mailed. */
  putRecipient(address: string, draft: RecipientDraft): Promise<Recipient>
  /** False when it is not one. */
  deleteRecipient(address: string): Promise<boolean>
  /** Makes everything that waits due now. */
  retry(): Promise<void>
  /** Writes one mail of each kind into the outbox. */
  sendTests(to: string): Promise<readonly { id: number; kind: MailKind }[]>
}

/** What the buttons of mails may do. */
export interface MailActions {
  /** Undefined when the token is not one of ours, or has expired. */
  read(
    token: string,
  ):
    | { readonly action: MailActionKind; readonly incidentId: number; readonly recipient: string }
    | undefined
}
