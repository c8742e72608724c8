// Owns the agent's use of Ed25519 (RFC 8032): keys are raw bytes in base64url, as in the protocol.
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as signBytes,
  verify as verifyBytes,
  type KeyObject,
} from 'node:crypto'

/** A key pair as raw base64url: what the identity file holds. */
export interface KeyPair {
  readonly publicKey: string
  readonly privateKey: string
}

export function generateKeyPair(): KeyPair {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  if (!jwk.x || !jwk.d) throw new Error('Ed25519 key without its parts')
  return { publicKey: jwk.x, privateKey: jwk.d }
}

export function privateKeyOf(pair: KeyPair): KeyObject {
  const key = { kty: 'OKP', crv: 'Ed25519', x: pair.publicKey, d: pair.privateKey }
  return createPrivateKey({ key, format: 'jwk' })
}

/** The signature of `bytes`, base64url. */
export function sign(bytes: Uint8Array, key: KeyObject): string {
  return signBytes(null, bytes, key).toString('base64url')
}

export function verify(bytes: Uint8Array, publicKey: string, signature: string): boolean {
  const key = { kty: 'OKP', crv: 'Ed25519', x: publicKey }
  const verifier = createPublicKey({ key, format: 'jwk' })
  return verifyBytes(null, bytes, verifier, Buffer.from(signature, 'base64url'))
}

/** SHA-256 of a raw public key, base64url: what a join token carries and an agent pins (H1). */
export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('base64url')
}

/** Proof of holding a join token's secret without sending it (H4), base64url. */
export function enrolmentMac(bytes: Uint8Array, secret: string): string {
  const key = createHash('sha256').update(secret).digest()
  return createHmac('sha256', key).update(bytes).digest('base64url')
}
