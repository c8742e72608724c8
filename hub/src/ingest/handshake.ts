// Owns the cryptography of the handshake (docs/protocol.md, H1 to H4), on the hub's side.
import {
  createHash,
  createHmac,
  createPublicKey,
  randomBytes,
  timingSafeEqual,
  verify as verifyWithCallback,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { Challenge, Hello } from '@vigie/shared/protocol/agent'
import { transcript, type HandshakeFacts } from '@vigie/shared/protocol/handshake'
import type { HubIdentity } from './hub-identity.ts'

/** What an agent that said hello has to sign, and what proves the hub to it. */
export function challengeTo(
  hello: Pick<Hello, 'publicKey' | 'nonce'>,
  identity: HubIdentity,
  timeMs: number,
): { facts: HandshakeFacts; challenge: Challenge } {
  const { publicKey } = identity
  const nonce = randomBytes(32).toString('base64url')
  const facts = {
    agentPublicKey: hello.publicKey,
    agentNonce: hello.nonce,
    hubPublicKey: publicKey,
    hubNonce: nonce,
  }
  const signature = identity.sign(transcript('hub', facts))
  return { facts, challenge: { type: 'challenge', publicKey, nonce, signature, timeMs } }
}

/** Whether text is the one base64url form of its bytes: the unused bits of the last character must be zero. */
export function isCanonicalBase64url(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text
}

const verify = promisify(verifyWithCallback)

/**
 * Whether the agent's signature is over this connection's transcript, by the key that it claims. Off the event loop:
 * when a whole fleet comes back at once, those who are back already go on being heard.
 */
export function isAgentProof(facts: HandshakeFacts, signature: string): Promise<boolean> {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: facts.agentPublicKey },
    format: 'jwk',
  })
  return verify(null, transcript('agent', facts), key, Buffer.from(signature, 'base64url'))
}

/** What is kept of a token's secret, base64url. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** Whether `mac` was made over this connection's transcript by one who holds the token's secret (H4). */
export function isTokenProof(facts: HandshakeFacts, secretSha256: string, mac: string): boolean {
  const expected = createHmac('sha256', Buffer.from(secretSha256, 'base64url'))
    .update(transcript('enrolment', facts))
    .digest()
  const given = Buffer.from(mac, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
