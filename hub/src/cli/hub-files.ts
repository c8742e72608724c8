// Owns how commands on the hub's own machine reach its data directory, whether the hub runs or not.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadHubIdentity, type HubIdentity } from '../ingest/hub-identity.ts'
import { loadSettings, type Settings } from '../settings.ts'
import { DATABASE_FILE, openStore, type Store } from '../store/store.ts'
import { CommandError } from './command-error.ts'

// The hub writes several times a second; a command can wait its turn.
const BUSY_TIMEOUT_MS = 5000

export interface HubFiles {
  readonly settings: Settings
  readonly store: Store
  readonly identity: HubIdentity
}

/** Opens the data directory for the time of `work`. Throws a {@link CommandError} when no hub has ever run there. */
export async function withHubFiles<T>(work: (files: HubFiles) => Promise<T>): Promise<T> {
  const settings = loadSettings()
  const { dataDirectory } = settings
  if (!existsSync(join(dataDirectory, DATABASE_FILE))) {
    throw new CommandError(
      `there is no hub in ${dataDirectory}: start it once, or set VIGIE_DATA to its data directory`,
    )
  }
  const store = await openStore({
    dataDir: dataDirectory,
    busyTimeoutMs: BUSY_TIMEOUT_MS,
  })
  try {
    return await work({ settings, store, identity: await loadHubIdentity(dataDirectory) })
  } finally {
    await store.close()
  }
}
