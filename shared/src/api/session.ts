// Owns how people sign in, as the API shows it.
import { Type, type Static } from 'typebox'
import { MailAddress } from './mail-address.ts'
import { HostTags, Role } from './token.ts'

const strict = { additionalProperties: false }
export const NewPassword = Type.String({ minLength: 12, maxLength: 128 })
export const PersonName = Type.String({
  minLength: 1,
  maxLength: 128,
  pattern: '^[^\\p{Cc}]+$',
})

export const Person = Type.Object(
  {
    id: Type.String(),
    email: Type.String(),
    name: Type.String(),
    role: Role,
    hostTags: HostTags,
  },
  { $id: 'Person' },
)
export type Person = Static<typeof Person>

export const SessionState = Type.Object({
  person: Type.Union([Person, Type.Null()], { description: 'Who is signed in' }),
  isSecondFactorDue: Type.Boolean({
    description: 'They may do nothing before they have set up a second factor',
  }),
  setupNeeded: Type.Boolean({
    description: 'There is no administrator yet: the link that the hub prints makes the first one',
  }),
  oidc: Type.Union(
    [Type.Object({ label: Type.String({ description: 'What the button says' }) }), Type.Null()],
    { description: 'People may sign in with OpenID Connect: at /api/auth/oidc/start' },
  ),
})
export type SessionState = Static<typeof SessionState>

export const Credentials = Type.Object(
  { email: MailAddress, password: Type.String({ minLength: 1, maxLength: 128 }) },
  strict,
)
export type Credentials = Static<typeof Credentials>

/** E-mail and password make the first administrator; when there is one, the link alone signs in as that person. */
export const SignInLinkClaim = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 128 }),
    email: Type.Optional(MailAddress),
    password: Type.Optional(NewPassword),
    name: Type.Optional(PersonName),
  },
  strict,
)
export type SignInLinkClaim = Static<typeof SignInLinkClaim>

/** The password was right; a code of the second factor is needed within ten minutes. */
export const SecondFactorNeeded = Type.Object({ secondFactor: Type.Literal('totp') })
export type SecondFactorNeeded = Static<typeof SecondFactorNeeded>

export const SecondFactorCode = Type.Object(
  {
    code: Type.String({
      minLength: 6,
      maxLength: 24,
      description: 'Six digits of the app, or a recovery code',
    }),
  },
  strict,
)
export type SecondFactorCode = Static<typeof SecondFactorCode>
