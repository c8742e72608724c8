// Owns how mails are told: the ledger of what was written and how each attempt went, who is mailed, and how tests go.
import { Type, type Static } from 'typebox'
import { MailAddress } from './mail-address.ts'

const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/**
 * What a mail is for. `group`: several incidents at once. `summary`: what the cap of an hour had held back. `advisory` and
 * `advisory-digest` tell what a CERT published, `watch` how the watch that reads it fares.
 */
export const MailKind = Type.Union([
  Type.Literal('opened'),
  Type.Literal('resolved'),
  Type.Literal('reminder'),
  Type.Literal('group'),
  Type.Literal('summary'),
  Type.Literal('late'),
  Type.Literal('weekly'),
  Type.Literal('test'),
  Type.Literal('advisory'),
  Type.Literal('advisory-digest'),
  Type.Literal('watch'),
])
export type MailKind = Static<typeof MailKind>

/** `waiting`: not yet accepted, tried again. `refused`: the relay will never take it. `expired`: tried for days. */
export const MailState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('delivered'),
  Type.Literal('refused'),
  Type.Literal('expired'),
])
export type MailState = Static<typeof MailState>

export const MailAttempt = Type.Object({
  /** When it began. */
  timeMs,
  /** `primary`, `fallback` or `webhook`. */
  relay: Type.String(),
  outcome: Type.Union([
    Type.Literal('delivered'),
    Type.Literal('deferred'),
    Type.Literal('refused'),
  ]),
  /** The relay's reply code (RFC 5321, section 4.2) or HTTP status; null when none came. */
  code: orNull(Type.Integer()),
  /** The relay's own words, or what kept it from speaking. */
  answer: Type.String(),
  tookMs: Type.Integer({ minimum: 0 }),
})
export type MailAttempt = Static<typeof MailAttempt>

export const Mail = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    messageId: Type.String(),
    channel: Type.Union([Type.Literal('mail'), Type.Literal('webhook')]),
    kind: MailKind,
    /** An address, or the host of the webhook. */
    recipient: Type.String(),
    subject: Type.String(),
    writtenMs: timeMs,
    state: MailState,
    deliveredMs: orNull(timeMs),
    nextMs: orNull(timeMs),
    attempts: Type.Integer({ minimum: 0 }),
    last: orNull(MailAttempt),
    incidentIds: Type.Array(Type.Integer(), { maxItems: 100 }),
  },
  { $id: 'Mail' },
)
export type Mail = Static<typeof Mail>

export const MailPage = Type.Object({
  items: Type.Array(Mail),
  next: orNull(Type.String()),
})
export type MailPage = Static<typeof MailPage>

export const MailDetail = Type.Object(
  {
    ...Mail.properties,
    tries: Type.Array(MailAttempt),
    text: orNull(Type.String()),
  },
  { $id: 'MailDetail' },
)
export type MailDetail = Static<typeof MailDetail>

export const MailLocale = Type.Union([Type.Literal('en'), Type.Literal('fr')])

export const Recipient = Type.Object(
  {
    address: MailAddress,
    locale: MailLocale,
    /** IANA name of the zone in which times are written. */
    zone: Type.String({ minLength: 1, maxLength: 64 }),
    /** Is mailed by every rule that names nobody. */
    isDefault: Type.Boolean(),
    getsWeekly: Type.Boolean(),
    /** Named by VIGIE_MAIL_TO: cannot be taken off here. */
    isFromSettings: Type.Boolean(),
  },
  { $id: 'Recipient' },
)
export type Recipient = Static<typeof Recipient>
export const RecipientDraft = Type.Object(
  {
    locale: MailLocale,
    zone: Type.String({ minLength: 1, maxLength: 64 }),
    isDefault: Type.Boolean(),
    getsWeekly: Type.Boolean(),
  },
  { additionalProperties: false, $id: 'RecipientDraft' },
)
export type RecipientDraft = Static<typeof RecipientDraft>

/** How mail leaves this hub. Never a password. */
export const MailSetup = Type.Object(
  {
    /** Such as `smtps://relay.example:465`, null when none is set. */
    relay: orNull(Type.String()),
    fallbackRelay: orNull(Type.String()),
    from: orNull(Type.String()),
    webhook: orNull(Type.String()),
    heartbeat: orNull(
      Type.Object({ host: Type.String(), lastMs: orNull(timeMs), answer: orNull(Type.String()) }),
    ),
    recipients: Type.Array(Recipient),
    maxMailsPerHour: Type.Integer(),
    waiting: Type.Integer(),
    /** Refused or expired within ten days. */
    failed: Type.Integer(),
    delivered: Type.Integer(),
  },
  { $id: 'MailSetup' },
)
export type MailSetup = Static<typeof MailSetup>

export const MailTestRequest = Type.Object({ to: MailAddress }, { additionalProperties: false })
export type MailTestRequest = Static<typeof MailTestRequest>

/** Mails that were written; how each fares is in the ledger. */
export const MailTestList = Type.Object({
  items: Type.Array(Type.Object({ id: Type.Integer({ minimum: 1 }), kind: MailKind })),
})
export type MailTestList = Static<typeof MailTestList>
