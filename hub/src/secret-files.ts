// Owns which files hold what is nobody else's business, and whether others may read them.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AUTH_SECRET_FILE } from './auth/auth-secret.ts'
import { HUB_KEY_FILE } from './ingest/hub-identity.ts'
import { CONFIG_FILE, type Settings } from './settings.ts'
import { DATABASE_FILE } from './store/store.ts'

/** What others have to be kept from: whoever can enter the directory, or read one of these, knows a secret. */
const IN_DIRECTORY = [
  '',
  ...['', '-wal', '-shm'].map((end) => DATABASE_FILE + end),
  HUB_KEY_FILE,
  AUTH_SECRET_FILE,
  // It may hold the passwords of relays and providers.
  CONFIG_FILE,
]

/** A sentence for each thing that others may read, with the command that ends it; undefined where they may read nothing. */
export async function readableByOthers({
  dataDirectory,
  tls,
}: Pick<Settings, 'dataDirectory' | 'tls'>): Promise<string | undefined> {
  const paths = IN_DIRECTORY.map((name) => join(dataDirectory, name))
  const open: string[] = []
  for (const path of paths) if ((await modeOf(path)) & 0o077) open.push(path)
  // A group of its own is how those who renew certificates hand the key over.
  if (tls && (await modeOf(tls.keyFile)) & 0o007) open.push(tls.keyFile)
  return open.length === 0 ? undefined : `others may read them: run chmod go= ${open.join(' ')}`
}

/** 0 for what is not there: nobody reads it. */
async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode
  } catch {
    // Not there, or not for us to see.
    return 0
  }
}
