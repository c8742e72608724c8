// Owns why a socket was closed. Both ends log the code with its meaning; docs/protocol.md lists this table.

/** When the side that was closed should come back: at once, with back-off, after minutes, or not by itself. */
export type Retry = 'now' | 'backoff' | 'slowly' | 'never'

export interface CloseCode {
  readonly code: number
  readonly name: string
  readonly meaning: string
  readonly retry: Retry
}

// prettier-ignore
const table = {
  normal: [1000, 'now', 'the other side is done'],
  goingAway: [1001, 'backoff', 'the other side is going away'],
  abnormal: [1006, 'backoff', 'the connection broke without a goodbye'],
  tooLarge: [1009, 'backoff', 'a frame was larger than the limit'],
  malformed: [4400, 'backoff', 'a frame was not what the protocol allows'],
  unknownAgent: [4401, 'slowly', 'the hub does not know this key; join again with a new token'],
  revoked: [4402, 'slowly', 'the key of this agent was revoked; join again with a new token'],
  proofRefused: [4403, 'slowly', 'a signature did not verify'],
  tokenRefused: [4404, 'never', 'the enrolment token is unknown, used or expired; make a new one'],
  retired: [4405, 'slowly', 'this host was retired; bring it back on the hub, or uninstall the agent'],
  unsupportedVersion: [4406, 'slowly', 'no protocol version in common; upgrade the older side'],
  timeout: [4408, 'backoff', 'the other side was silent for too long'],
  duplicateIdentity: [4409, 'slowly', 'another running agent has this identity; a cloned machine must join anew'],
  replaced: [4410, 'slowly', 'another connection took over while this one did not answer'],
  awaitingApproval: [4411, 'backoff', 'an administrator of the hub has yet to approve this machine'],
  overQuota: [4413, 'slowly', 'this host sent more than its quota; its page on the hub says of what'],
  outOfOrder: [4422, 'backoff', 'a frame came before what it depends on'],
  rateLimited: [4429, 'backoff', 'too many frames or attempts'],
  internal: [4500, 'backoff', 'the hub failed; its log says why'],
  hubStopping: [4503, 'backoff', 'the hub is stopping'],
  signedOut: [4430, 'never', 'the session ended; sign in again'],
  rightsChanged: [4431, 'now', 'what this session may see is other than before'],
} as const satisfies Record<string, readonly [number, Retry, string]>

export type CloseName = keyof typeof table

export const CLOSE: Readonly<Record<CloseName, CloseCode>> = Object.fromEntries(
  Object.entries(table).map(([name, [code, retry, meaning]]) => [
    name,
    { code, name, meaning, retry },
  ]),
) as Record<CloseName, CloseCode>

const byCode = new Map(Object.values(CLOSE).map((close) => [close.code, close]))

/** The entry for a code; one that is not in the table may be retried with back-off. */
export function closeCode(code: number): CloseCode {
  return (
    byCode.get(code) ?? { code, name: 'unknown', meaning: 'not a code of Vigie', retry: 'backoff' }
  )
}
