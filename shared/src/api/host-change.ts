// Owns what administrators do with hosts and their agents as the API takes it, and the hosts that no list of the fleet has.
import { Type, type Static } from 'typebox'

const strict = { additionalProperties: false }
const timeMs = Type.Integer({ description: 'Epoch milliseconds, UTC' })
const hostId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

/** What a host may be called; no two hosts have one name. */
export const HostName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\s/]+$' })

export const HostRename = Type.Object({ name: HostName }, strict)

/** What cannot be undone is asked for with the host's name, typed. */
export const HostDeletion = Type.Object(
  { name: Type.String({ maxLength: 255, description: 'The name of the host, to confirm' }) },
  strict,
)

export const HostMerge = Type.Object(
  {
    otherId: Type.Integer({ ...hostId, description: 'The host whose history comes to this one' }),
    name: Type.Union([Type.Literal('own'), Type.Literal('other')], {
      description: 'Which of the two names stays',
    }),
  },
  strict,
)
export type HostMerge = Static<typeof HostMerge>

export const RetiredHost = Type.Object(
  {
    id: hostId,
    name: Type.String(),
    tags: Type.Array(Type.String()),
    retiredMs: timeMs,
    lastSeenMs: Type.Union([timeMs, Type.Null()]),
  },
  { $id: 'RetiredHost' },
)
export type RetiredHost = Static<typeof RetiredHost>

export const RetiredHostList = Type.Object({ items: Type.Array(RetiredHost) })
export type RetiredHostList = Static<typeof RetiredHostList>

/** A machine with a good token that an administrator has yet to approve. What it says of itself is not verified. */
export const WaitingMachine = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    hostname: Type.String(),
    /** From which it came last. */
    address: Type.String(),
    agentVersion: Type.String(),
    /** SHA-256 of its key, base64url: `vigie-agent status` shows the same on the machine. */
    keyFingerprint: Type.String(),
    askedMs: timeMs,
    /** The name that its invitation gave; null: its own. */
    name: Type.Union([Type.String(), Type.Null()]),
    /** The host whose agent it is to replace. */
    replacesHostId: Type.Union([hostId, Type.Null()]),
  },
  { $id: 'WaitingMachine' },
)
export type WaitingMachine = Static<typeof WaitingMachine>

export const WaitingMachineList = Type.Object({ items: Type.Array(WaitingMachine) })
export type WaitingMachineList = Static<typeof WaitingMachineList>

export const ApprovedMachine = Type.Object({ hostId })
export type ApprovedMachine = Static<typeof ApprovedMachine>
