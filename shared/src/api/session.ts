// Owns how people sign in, as the API shows it.
import { Type, type Static } from 'typebox'
import { HostTags, Role } from './token.ts'

const strict = { additionalProperties: false }
const email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' })

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
  setupNeeded: Type.Boolean({
    description: 'There is no administrator yet: the link that the hub prints makes the first one',
  }),
})
export type SessionState = Static<typeof SessionState>

export const Credentials = Type.Object(
  { email, password: Type.String({ minLength: 1, maxLength: 128 }) },
  strict,
)
export type Credentials = Static<typeof Credentials>

/** E-mail and password make the first administrator; when there is one, the link alone signs in as that person. */
export const SignInLinkClaim = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 128 }),
    email: Type.Optional(email),
    password: Type.Optional(Type.String({ minLength: 12, maxLength: 128 })),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  },
  strict,
)
export type SignInLinkClaim = Static<typeof SignInLinkClaim>
