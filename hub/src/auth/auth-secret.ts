// Owns the key that signs session cookies: made once, kept in the data directory, readable by the hub alone.
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const AUTH_SECRET_FILE = 'auth-secret'

/** Reads the secret or makes it. Throws when the file cannot be read or is not one of ours. */
export function loadAuthSecret(dataDirectory: string): string {
  const file = join(dataDirectory, AUTH_SECRET_FILE)
  try {
    // Exclusive: of two processes that start at once, one writes and both read the same.
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < 43) {
    throw new Error(`${file} is damaged: delete it and start again; everyone signs in anew`)
  }
  return secret
}
