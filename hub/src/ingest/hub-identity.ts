// Owns the key by which agents know this hub: made once, kept in the data directory, readable by the hub's user only.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

export interface HubIdentity {
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string
  /** SHA-256 of the raw public key, base64url: what join tokens carry and agents pin. */
  readonly fingerprint: string
  /** A raw Ed25519 signature, base64url. */
  sign(bytes: Uint8Array): string
}

export const HUB_KEY_FILE = 'hub-key.json'

// A JSON Web Key of the octet key pair type (RFC 8037, section 2).
const KeyFile = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String(),
  d: Type.String(),
})

/** Reads the hub's key, or makes it at the first start. A file that is not a key is never replaced: it throws. */
export async function loadHubIdentity(dataDir: string): Promise<HubIdentity> {
  const path = join(dataDir, HUB_KEY_FILE)
  const written = await readOrMake(path)
  let privateKey
  try {
    const key: unknown = JSON.parse(written)
    privateKey = createPrivateKey({ key: Value.Parse(KeyFile, key), format: 'jwk' })
  } catch (cause) {
    throw new Error(
      `${path} is not the hub's key; restore it from a backup (without it every agent must join anew)`,
      { cause },
    )
  }
  return identityOf(privateKey)
}

async function readOrMake(path: string): Promise<string> {
  const made = JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }))
  try {
    // Exclusive: of two processes that start at once, one makes the key and the other reads it.
    await writeFile(path, `${made}\n`, { mode: 0o600, flag: 'wx', flush: true })
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return readFile(path, 'utf8')
  }
}

function identityOf(privateKey: KeyObject): HubIdentity {
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x
  if (publicKey === undefined) throw new Error('an Ed25519 key without its public part')
  return {
    publicKey,
    fingerprint: createHash('sha256')
      .update(Buffer.from(publicKey, 'base64url'))
      .digest('base64url'),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64url'),
  }
}
