// Owns the decision whether a connection that gave its proof is a host of this hub (docs/protocol.md, H1 to H4).
import type { Hello, Proof } from '@vigie/shared/protocol/agent'
import type { CloseName } from '@vigie/shared/protocol/close-codes'
import type { HandshakeFacts } from '@vigie/shared/protocol/handshake'
import type { Clock } from '../clock.ts'
import { isAgentProof, isTokenProof } from './handshake.ts'
import type { KeyStanding, KnownHost, Roster } from './ports.ts'

export type Verdict =
  | { readonly kind: 'admitted'; readonly host: KnownHost }
  | { readonly kind: 'refused'; readonly close: CloseName }

export interface Claim {
  readonly hello: Hello
  readonly facts: HandshakeFacts
  readonly proof: Proof
  readonly address: string
}

export async function judge(claim: Claim, roster: Roster, clock: Clock): Promise<Verdict> {
  const { hello, facts, proof } = claim
  if (!(await isAgentProof(facts, proof.signature)))
    return { kind: 'refused', close: 'proofRefused' }
  const known = roster.standingOf(hello.publicKey)
  // A key that has joined needs no token: an agent whose welcome was lost may come back with the spent one.
  if (known) return verdictOf(known)
  if (!proof.enrolment) return { kind: 'refused', close: 'unknownAgent' }

  const { tokenId, mac } = proof.enrolment
  const enrolment = await roster.findEnrolment(tokenId)
  const isGood =
    enrolment !== undefined &&
    isTokenProof(facts, enrolment.secretSha256, mac) &&
    enrolment.usedMs === null &&
    enrolment.expiresAtMs > clock.nowMs()
  // An earlier connection of the same agent, which did not wait for its welcome, may have joined meanwhile.
  const joined = isGood
    ? ((await roster.join(hello, { enrolmentId: tokenId, address: claim.address })) ??
      roster.standingOf(hello.publicKey))
    : undefined
  return joined ? verdictOf(joined) : { kind: 'refused', close: 'tokenRefused' }
}

function verdictOf(standing: KeyStanding): Verdict {
  return standing.kind === 'host' ? { kind: 'admitted', host: standing.host } : standing
}
