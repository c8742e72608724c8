// Owns API tokens as the API shows them: never the secret, which is shown once, where it was made.
import { Type, type Static } from 'typebox'

/** What a token, or a person, may do: look, or change things too. */
export const Role = Type.Union([Type.Literal('admin'), Type.Literal('viewer')])
export type Role = Static<typeof Role>

export const ApiToken = Type.Object({
  id: Type.String(),
  name: Type.String({ minLength: 1, maxLength: 64 }),
  role: Role,
  createdMs: Type.Integer({ description: 'Epoch milliseconds, UTC' }),
  lastUsedMs: Type.Union([Type.Integer(), Type.Null()], {
    description: 'To the minute; null while it was never used',
  }),
})
export type ApiToken = Static<typeof ApiToken>

export const ApiTokenList = Type.Object({ items: Type.Array(ApiToken) })
export type ApiTokenList = Static<typeof ApiTokenList>
