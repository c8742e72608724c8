// Owns the identity file: who this machine is to its hub. One JSON document, readable by its owner only.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { AgentError } from '../agent-error.ts'
import { parseJsonObject } from '../json-object.ts'

export interface Identity {
  /** The hub's agent socket, `ws:` or `wss:`. */
  readonly hubUrl: string
  /** SHA-256 of the hub's public key, base64url. */
  readonly hubFingerprint: string
  /** Null: an administrator of the hub had yet to approve this machine when it joined. */
  readonly hostId: number | null
  /** What the hub called this machine when it joined. */
  readonly name: string
  readonly publicKey: string
  readonly privateKey: string
}

export function identityPath(directory: string): string {
  return join(directory, 'identity.json')
}

/** Reads the identity, or returns undefined when this machine has none yet. Throws an AgentError when it may not be used. */
export function readIdentity(directory: string): Identity | undefined {
  const path = identityPath(directory)
  let text: string
  try {
    const { mode } = statSync(path)
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      throw new AgentError(`${path} is readable by others; run: chmod 600 '${path}'`)
    }
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof AgentError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new AgentError(`${path} cannot be read (${code}); run as the user that joined`, {
      cause: error,
    })
  }
  const identity = parseIdentity(text)
  if (!identity) {
    throw new AgentError(`${path} is not a Vigie identity; join again with --force`)
  }
  return identity
}

/**
 * Writes the identity so that a power cut leaves either the old file or the new one, whole. What root writes is given to
 * the owner of the directory, as the service is that and not root.
 */
export function writeIdentity(directory: string, identity: Identity): void {
  const path = identityPath(directory)
  const temporary = `${path}.${process.pid}.tmp`
  prepareDirectory(directory)
  try {
    // Made anew: root is to write to no link that the directory's owner has put there.
    rmSync(temporary, { force: true })
    const file = openSync(temporary, 'wx', 0o600)
    try {
      writeSync(file, `${JSON.stringify({ version: 1, ...identity }, undefined, 2)}\n`)
      giveToOwnerOf(directory, file)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
    syncDirectory(directory)
  } catch (error) {
    throw unwritable(directory, error)
  }
}

/** Makes the data directory, private to its owner. Throws an AgentError that says what to do where it cannot. */
export function prepareDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    chmodSync(directory, 0o700)
    accessSync(directory, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw unwritable(directory, error)
  }
}

function giveToOwnerOf(directory: string, file: number): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(directory)
  // Not where it is so already: some disks know no owners.
  if (fstatSync(file).uid !== uid) fchownSync(file, uid, gid)
}

// The rename itself is durable only once the directory is; Windows cannot open one, and orders renames by itself.
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function unwritable(directory: string, cause: unknown): AgentError {
  const { code } = cause as NodeJS.ErrnoException
  return new AgentError(
    `${directory} cannot be written (${code}); set VIGIE_AGENT_DATA or run as its owner`,
    { cause },
  )
}

const KEY = /^[A-Za-z0-9_-]{43}$/

// By hand and not by TypeBox, which would cost the daemon 17 MiB of memory for one small document.
function parseIdentity(text: string): Identity | undefined {
  const value = parseJsonObject(text)
  if (!value) return undefined
  const { version, hubUrl, hubFingerprint, hostId, name, publicKey, privateKey } = value
  if (version !== 1 || typeof hubUrl !== 'string' || !/^wss?:\/\//.test(hubUrl)) return undefined
  const isId = typeof hostId === 'number' && Number.isSafeInteger(hostId) && hostId >= 1
  if (!isId && hostId !== null) return undefined
  if (typeof name !== 'string' || !isKey(hubFingerprint)) return undefined
  if (!isKey(publicKey) || !isKey(privateKey)) return undefined
  return { hubUrl, hubFingerprint, hostId, name, publicKey, privateKey }
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && KEY.test(value)
}
