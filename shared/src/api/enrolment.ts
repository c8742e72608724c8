// Owns the invitation of a new machine as the API shows it.
import { Type, type Static } from 'typebox'
import { HostName } from './host-change.ts'

export const EnrolmentRequest = Type.Object(
  {
    name: Type.Optional(HostName),
    hostId: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'A host that is there: the new agent takes the place of its agent',
      }),
    ),
    uses: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'How many machines may join (1)' }),
    ),
    validForMs: Type.Optional(
      Type.Integer({
        minimum: 60_000,
        maximum: 30 * 86_400_000,
        description: 'How long it is good (15 minutes)',
      }),
    ),
  },
  { additionalProperties: false },
)
export type EnrolmentRequest = Static<typeof EnrolmentRequest>

/** `token` is shown once and cannot be asked for again. */
export const Enrolment = Type.Object({
  id: Type.String(),
  token: Type.String(),
  command: Type.String({
    description: 'The line to paste on the new machine: Linux and macOS, any shell of POSIX',
  }),
  windowsCommand: Type.Union([Type.String(), Type.Null()], {
    description:
      'The line for PowerShell of an administrator; null where the hub has no executable for Windows',
  }),
  platforms: Type.Array(Type.String(), {
    description:
      'For which systems the hub has an executable; with none, the line is for a machine with Vigie’s sources',
  }),
  isLoopback: Type.Boolean({
    description:
      'The address in the line is good on the hub’s machine and at the end of a tunnel only',
  }),
  expiresAtMs: Type.Integer(),
})
export type Enrolment = Static<typeof Enrolment>

export const EnrolmentState = Type.Object({
  id: Type.String(),
  expiresAtMs: Type.Integer(),
  hostId: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The host that joined with it last, null while it waits',
  }),
  isAwaitingApproval: Type.Boolean({
    description: 'A machine came with it, and an administrator has yet to approve that one',
  }),
})
export type EnrolmentState = Static<typeof EnrolmentState>
