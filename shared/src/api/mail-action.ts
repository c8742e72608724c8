// Owns how the buttons of a mail are told and pressed: what a token would do, and what came of it.
import { Type, type Static } from 'typebox'
import { Incident } from './incident.ts'

const strict = { additionalProperties: false }
const token = Type.String({ minLength: 1, maxLength: 600 })

export const MailActionKind = Type.Union([Type.Literal('acknowledge'), Type.Literal('silence')])
export type MailActionKind = Static<typeof MailActionKind>

export const DEFAULT_SILENCE_MINUTES = 60

export const MailActionInspection = Type.Object({ token }, strict)

export const MailActionConfirmation = Type.Object(
  {
    token,
    /** How long a silence lasts. */
    minutes: Type.Optional(
      Type.Integer({
        minimum: 5,
        maximum: 7 * 24 * 60,
        description: `How long a silence lasts (${DEFAULT_SILENCE_MINUTES} when left out)`,
      }),
    ),
  },
  strict,
)
export type MailActionConfirmation = Static<typeof MailActionConfirmation>

const { id, kind, rule, severity, hostId, hostName, series, state } = Incident.properties
const { sinceMs, firedMs, resolvedMs, owner, value, worst, detail } = Incident.properties

/** What whoever holds a mail may see: what that mail said. */
export const ActionIncident = Type.Object({
  ...{ id, kind, rule, severity, hostId, hostName, series, state },
  ...{ sinceMs, firedMs, resolvedMs, owner, value, worst, detail },
})
export type ActionIncident = Static<typeof ActionIncident>

/** Nothing is done yet. */
export const MailAction = Type.Object(
  {
    action: MailActionKind,
    /** Whose mail it was: what is done is done in their name. */
    recipient: Type.String(),
    incident: ActionIncident,
  },
  { $id: 'MailAction' },
)
export type MailAction = Static<typeof MailAction>

/** `already`: it was so before. `over`: the incident had ended, and nothing was done. */
export const MailActionOutcome = Type.Object(
  {
    outcome: Type.Union([Type.Literal('done'), Type.Literal('already'), Type.Literal('over')]),
    /** When the silence ends, of the action `silence`. */
    endsMs: Type.Union([Type.Integer(), Type.Null()]),
    ...MailAction.properties,
  },
  { $id: 'MailActionOutcome' },
)
export type MailActionOutcome = Static<typeof MailActionOutcome>
