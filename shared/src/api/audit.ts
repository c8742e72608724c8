// Owns the audit log as the API shows it: who changed what, when and from where, and whether it was let to.
import { Type, type Static } from 'typebox'

export const AuditActorKind = Type.Union([
  Type.Literal('person'),
  Type.Literal('token'),
  Type.Literal('command', { description: "The command line on the hub's own machine" }),
  Type.Literal('mail', { description: 'The button of a mail, in the name of its recipient' }),
  Type.Literal('agent'),
  Type.Literal('nobody', { description: 'Somebody who has not proved who they are' }),
])
export type AuditActorKind = Static<typeof AuditActorKind>

export const AuditOutcome = Type.Union([
  Type.Literal('done'),
  Type.Literal('refused', { description: 'By a rule: not allowed, not valid, not there' }),
  Type.Literal('failed', { description: 'The hub could not' }),
])
export type AuditOutcome = Static<typeof AuditOutcome>

export const AuditEntry = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    timeMs: Type.Integer({ description: 'Epoch milliseconds, UTC' }),
    actorKind: AuditActorKind,
    actorId: Type.Union([Type.String(), Type.Null()]),
    actorName: Type.Union([Type.String(), Type.Null()], {
      description: 'As it was then; of a refused sign-in the e-mail that was tried',
    }),
    address: Type.Union([Type.String(), Type.Null()], { description: 'Where it came from' }),
    action: Type.String({ description: 'In words: host.tags, user.role, sign-in …' }),
    target: Type.Union([Type.String(), Type.Null()], { description: 'On what, by its id or name' }),
    detail: Type.Union([Type.String(), Type.Null()], {
      description: 'What it was made, or why it was refused; never a secret',
    }),
    outcome: AuditOutcome,
  },
  { $id: 'AuditEntry' },
)
export type AuditEntry = Static<typeof AuditEntry>

/** Newest first. */
export const AuditPage = Type.Object({
  items: Type.Array(AuditEntry),
  next: Type.Union([Type.String(), Type.Null()], { description: 'Send it as `after`' }),
})
export type AuditPage = Static<typeof AuditPage>
