// Owns the people of a hub as administrators see and change them.
import { Type, type Static } from 'typebox'
import { Person, PersonName } from './session.ts'
import { HostTags, Role } from './token.ts'

const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })

export const User = Type.Object(
  {
    ...Person.properties,
    createdMs: timeMs,
    lastSeenMs: Type.Union([Type.Integer(), Type.Null()], {
      description: 'To the minute, of the sessions that are open; null when none is',
    }),
    sessions: Type.Integer({ minimum: 0, description: 'How many are open' }),
    hasPassword: Type.Boolean({ description: 'False: signs in with OpenID Connect only' }),
    hasSecondFactor: Type.Boolean(),
  },
  { $id: 'User' },
)
export type User = Static<typeof User>
export const UserList = Type.Object({ items: Type.Array(User) })
export type UserList = Static<typeof UserList>

/** What is left out stays. */
export const UserChange = Type.Object(
  {
    name: Type.Optional(PersonName),
    role: Type.Optional(Role),
    hostTags: Type.Optional(HostTags),
  },
  { additionalProperties: false, minProperties: 1, $id: 'UserChange' },
)
export type UserChange = Static<typeof UserChange>
