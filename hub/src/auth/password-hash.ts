// Owns how passwords are kept: Argon2id (RFC 9106) with OWASP's parameters, as a PHC string.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { verifyPassword as verifyScrypt } from 'better-auth/crypto'

const MEMORY_KIB = 19_456
const PASSES = 2
const PREFIX = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$`
const TAG_BYTES = 32

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt)
  return `${PREFIX}${unpadded(salt)}$${unpadded(tag)}`
}

export async function verifyPassword({
  hash,
  password,
}: {
  hash: string
  password: string
}): Promise<boolean> {
  if (isOutdated(hash)) return verifyScrypt({ hash, password })
  const [salt = '', tag = ''] = hash.slice(PREFIX.length).split('$')
  const known = Buffer.from(tag, 'base64')
  const derived = await derive(password, Buffer.from(salt, 'base64'))
  return known.length === derived.length && timingSafeEqual(known, derived)
}

/** Of the first builds, which kept scrypt: to be made anew when its password is at hand. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(PREFIX)
}

function derive(password: string, nonce: Uint8Array): Promise<Buffer> {
  const cost = { parallelism: 1, tagLength: TAG_BYTES, memory: MEMORY_KIB, passes: PASSES }
  // Typed twice on two keyboards, an é may come as one character or as two.
  const message = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, ...cost }, (error, tag) => {
      if (error) reject(error)
      else resolve(tag)
    })
  })
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}
