// Owns who is logged in: from utmp where it is kept (man 5 utmp), else from the sessions of systemd-logind.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import type { Snapshot } from '@vigie/shared/protocol/inventory'

export type LoggedIn = NonNullable<Snapshot['users']>[number]

interface RecordLayout {
  readonly recordBytes: number
  readonly timeAt: number
}

// Of glibc: the time has 32 bits wherever programs of 32 bits may read the same file, and 64 on arm64.
const SHARED_LAYOUT: RecordLayout = { recordBytes: 384, timeAt: 340 }
const LAYOUTS: Partial<Record<NodeJS.Architecture, RecordLayout>> = {
  arm64: { recordBytes: 400, timeAt: 344 },
}
const USER_PROCESS = 7
const MOST = 256

/** Whether this machine keeps a record of who is logged in. */
export function recordsUsers(root: string): boolean {
  return utmpPath(root) !== undefined || hasSessions(root)
}

/** The people who are logged in, oldest first; undefined when this machine keeps no record of it. */
export async function readUsers(
  root: string,
  architecture: NodeJS.Architecture = process.arch,
): Promise<LoggedIn[] | undefined> {
  const layout = LAYOUTS[architecture] ?? SHARED_LAYOUT
  const users = (await readUtmp(root, layout)) ?? (await readSessions(root))
  return users?.sort((a, b) => (a.sinceMs ?? 0) - (b.sinceMs ?? 0)).slice(0, MOST)
}

function utmpPath(root: string): string | undefined {
  return [`${root}run/utmp`, `${root}var/run/utmp`].find((path) => existsSync(path))
}

// Only a running systemd keeps its sessions up to date.
function hasSessions(root: string): boolean {
  return existsSync(`${root}run/systemd/system`) && existsSync(`${root}run/systemd/sessions`)
}

async function readUtmp(root: string, layout: RecordLayout): Promise<LoggedIn[] | undefined> {
  const path = utmpPath(root)
  if (path === undefined) return undefined
  const isAlive = (pid: number) => existsSync(`${root}proc/${pid}`)
  return parseUtmp(await readFile(path), layout, isAlive)
}

// Who was cut off leaves a record behind: it counts only while its process lives.
function parseUtmp(
  bytes: Buffer,
  { recordBytes, timeAt }: RecordLayout,
  isAlive: (pid: number) => boolean,
): LoggedIn[] {
  const users: LoggedIn[] = []
  for (let at = 0; at + recordBytes <= bytes.length; at += recordBytes) {
    const record = bytes.subarray(at, at + recordBytes)
    if (record.readInt16LE(0) !== USER_PROCESS || !isAlive(record.readInt32LE(4))) continue
    const from = text(record, 76, 255)
    users.push({
      name: text(record, 44, 32),
      terminal: text(record, 8, 32),
      ...(from !== '' && { from }),
      // The lower half of the longer one, which is enough until 2106.
      sinceMs: record.readUInt32LE(timeAt) * 1000,
    })
  }
  return users
}

function text(record: Buffer, at: number, length: number): string {
  const field = record.subarray(at, at + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? length : end).slice(0, length)
}

async function readSessions(root: string): Promise<LoggedIn[] | undefined> {
  if (!hasSessions(root)) return undefined
  const directory = `${root}run/systemd/sessions`
  const users: LoggedIn[] = []
  for (const name of await readdir(directory)) {
    if (name.endsWith('.ref')) continue
    const user = parseSession(await readFile(`${directory}/${name}`, 'utf8'))
    if (user) users.push(user)
  }
  return users
}

function parseSession(session: string): LoggedIn | undefined {
  const fields = new Map(
    session.split('\n').map((line) => {
      const equals = line.indexOf('=')
      return [line.slice(0, equals), line.slice(equals + 1)]
    }),
  )
  const name = fields.get('USER')
  if (fields.get('CLASS') !== 'user' || fields.get('STATE') === 'closing' || !name) return undefined
  const from = fields.get('REMOTE_HOST')
  const sinceMicroseconds = Number(fields.get('REALTIME') ?? NaN)
  return {
    name: name.slice(0, 64),
    terminal: (fields.get('TTY') ?? fields.get('SERVICE') ?? '').slice(0, 64),
    ...(from && { from: from.slice(0, 255) }),
    ...(sinceMicroseconds >= 0 && { sinceMs: Math.floor(sinceMicroseconds / 1000) }),
  }
}
