// Owns links that let somebody in: an invite makes an account, a reset sets a new password. Each is good once.
import { Type, type Static } from 'typebox'
import { MailAddress } from './mail-address.ts'
import { NewPassword, PersonName } from './session.ts'
import { HostTags, Role } from './token.ts'

const strict = { additionalProperties: false }
const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })

export const InviteDraft = Type.Object(
  {
    email: MailAddress,
    role: Role,
    hostTags: Type.Optional(HostTags),
    language: Type.Optional(
      Type.Union([Type.Literal('en'), Type.Literal('fr')], {
        description: 'Of the mail; that of mails when left out',
      }),
    ),
  },
  { ...strict, $id: 'InviteDraft' },
)
export type InviteDraft = Static<typeof InviteDraft>

export const InviteKind = Type.Union([Type.Literal('invite'), Type.Literal('reset')])
export type InviteKind = Static<typeof InviteKind>

/** One that is open; the link itself is known only where it was made. */
export const Invite = Type.Object(
  {
    id: Type.String(),
    kind: InviteKind,
    email: Type.String(),
    role: Role,
    hostTags: HostTags,
    createdBy: Type.String(),
    createdMs: timeMs,
    expiresMs: timeMs,
  },
  { $id: 'Invite' },
)
export type Invite = Static<typeof Invite>
export const InviteList = Type.Object({ items: Type.Array(Invite) })
export type InviteList = Static<typeof InviteList>

export const InviteMade = Type.Object(
  {
    id: Type.String(),
    expiresMs: timeMs,
    isMailed: Type.Boolean({ description: 'A relay took the mail with the link' }),
    url: Type.Union([Type.String(), Type.Null()], {
      description: 'The link, shown once, to be handed over by hand; null when it was mailed',
    }),
    mailProblem: Type.Union([Type.String(), Type.Null()], {
      description: 'Why it was not mailed although mail is set',
    }),
  },
  { $id: 'InviteMade' },
)
export type InviteMade = Static<typeof InviteMade>

const token = Type.String({ pattern: '^invite_[A-Za-z0-9_-]{43}$' })

/** The token stands in the link's fragment, `/welcome#invite_…`, which browsers send to nobody. */
export const InviteInspection = Type.Object({ token }, strict)
export type InviteInspection = Static<typeof InviteInspection>

export const InviteView = Type.Object({
  kind: InviteKind,
  email: Type.String(),
  name: Type.Union([Type.String(), Type.Null()], { description: 'Of a reset: whose it is' }),
  role: Role,
  expiresMs: timeMs,
})
export type InviteView = Static<typeof InviteView>

export const InviteAcceptance = Type.Object(
  { token, password: NewPassword, name: Type.Optional(PersonName) },
  strict,
)
export type InviteAcceptance = Static<typeof InviteAcceptance>
