// Owns what people see and change of their own account: name, password, sessions, second factor.
import { Type, type Static } from 'typebox'
import { NewPassword, PersonName } from './session.ts'

const strict = { additionalProperties: false }
const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })
const password = Type.String({ minLength: 1, maxLength: 128, description: 'The present one' })

export const OwnChange = Type.Object({ name: PersonName }, strict)
export type OwnChange = Static<typeof OwnChange>

export const PasswordChange = Type.Object({ current: password, password: NewPassword }, strict)
export type PasswordChange = Static<typeof PasswordChange>

/** Asked for where a session alone is not proof enough. */
export const PasswordProof = Type.Object({ password }, strict)
export type PasswordProof = Static<typeof PasswordProof>

export const PersonSession = Type.Object(
  {
    id: Type.String(),
    address: Type.Union([Type.String(), Type.Null()], { description: 'Where it was begun' }),
    browser: Type.Union([Type.String(), Type.Null()], {
      description: 'As the browser says it (User-Agent); null when it says nothing',
    }),
    sinceMs: timeMs,
    lastSeenMs: Type.Integer({ description: 'To the minute' }),
    expiresMs: Type.Integer({ description: '30 days after it began, or 7 without use' }),
    isThis: Type.Boolean({ description: 'The one that asks' }),
  },
  { $id: 'PersonSession' },
)
export type PersonSession = Static<typeof PersonSession>
export const PersonSessionList = Type.Object({ items: Type.Array(PersonSession) })
export type PersonSessionList = Static<typeof PersonSessionList>

export const SecondFactorState = Type.Object({
  isOn: Type.Boolean(),
  recoveryCodesLeft: Type.Integer({ minimum: 0 }),
  isDemanded: Type.Boolean({ description: 'You have to have one: it cannot be taken away' }),
})
export type SecondFactorState = Static<typeof SecondFactorState>

/** For an app that shows codes (TOTP, RFC 6238: SHA-1, six digits, 30 s). It is on once a code was confirmed. */
export const SecondFactorSetup = Type.Object({
  secret: Type.String({ description: 'Base32, to be typed where no picture can be read' }),
  uri: Type.String({ description: 'otpauth://totp/…' }),
  qrSvg: Type.String({ description: 'The same address as a QR code' }),
})
export type SecondFactorSetup = Static<typeof SecondFactorSetup>

export const AppCode = Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }, strict)
export type AppCode = Static<typeof AppCode>

export const RecoveryCodes = Type.Object({
  codes: Type.Array(Type.String(), { description: 'Known only now; each is good once' }),
})
export type RecoveryCodes = Static<typeof RecoveryCodes>
