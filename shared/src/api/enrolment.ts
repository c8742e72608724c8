// Owns the invitation of a new machine as the API shows it.
import { Type, type Static } from 'typebox'

export const EnrolmentRequest = Type.Object(
  { name: Type.Optional(Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\s/]+$' })) },
  { additionalProperties: false },
)
export type EnrolmentRequest = Static<typeof EnrolmentRequest>

/** `token` is shown once and cannot be asked for again. */
export const Enrolment = Type.Object({
  id: Type.String(),
  token: Type.String(),
  command: Type.String({ description: 'What to run on the new machine' }),
  expiresAtMs: Type.Integer(),
})
export type Enrolment = Static<typeof Enrolment>

export const EnrolmentState = Type.Object({
  id: Type.String(),
  expiresAtMs: Type.Integer(),
  hostId: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The host that joined with it, null while it waits',
  }),
})
export type EnrolmentState = Static<typeof EnrolmentState>
