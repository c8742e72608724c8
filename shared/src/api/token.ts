// Owns API tokens as the API shows them: never the secret, which is shown once, where it was made.
import { Type, type Static } from 'typebox'
import { Tag } from './rule.ts'

/** What a token, or a person, may do: look, or change things too. */
export const Role = Type.Union([Type.Literal('admin'), Type.Literal('viewer')])
export type Role = Static<typeof Role>

/** Which hosts a viewer may see. */
export const HostTags = Type.Union([Type.Array(Tag, { maxItems: 50 }), Type.Null()], {
  description: 'Hosts with one of these tags; null: every host. Administrators see every host',
})
export type HostTags = Static<typeof HostTags>

export const ApiToken = Type.Object({
  id: Type.String(),
  name: Type.String({ minLength: 1, maxLength: 64 }),
  role: Role,
  hostTags: HostTags,
  createdMs: Type.Integer({ description: 'Epoch milliseconds, UTC' }),
  lastUsedMs: Type.Union([Type.Integer(), Type.Null()], {
    description: 'To the minute; null while it was never used',
  }),
  expiresMs: Type.Union([Type.Integer(), Type.Null()], {
    description: 'When it ends by itself; null: when it is ended',
  }),
})
export type ApiToken = Static<typeof ApiToken>

export const ApiTokenList = Type.Object({ items: Type.Array(ApiToken) })
export type ApiTokenList = Static<typeof ApiTokenList>

export const TokenDraft = Type.Object(
  {
    name: ApiToken.properties.name,
    role: Role,
    hostTags: Type.Optional(HostTags),
    expiresMs: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description: 'Epoch milliseconds, UTC, within a year; null or left out: when it is ended',
      }),
    ),
  },
  { additionalProperties: false, $id: 'TokenDraft' },
)
export type TokenDraft = Static<typeof TokenDraft>

export const TokenMade = Type.Object({
  id: Type.String(),
  token: Type.String({ description: 'Known only now: it cannot be asked for again' }),
})
export type TokenMade = Static<typeof TokenMade>
