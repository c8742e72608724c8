// Owns the lock by which one agent at a time has a data directory.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AgentError } from './agent-error.ts'

export interface DirectoryLock {
  close(): void
}

const LOCK_FILE = 'agent.lock'
const SQLITE_BUSY = 5

/**
 * Takes the lock, or throws an AgentError when another agent has it; undefined where nothing can be locked, as on a disk
 * that is read-only. It is a transaction that never writes, on a database of its own: SQLite locks files on every system,
 * and such a lock ends with its process, however that ends.
 */
export function lockDirectory(
  directory: string,
  logger: { warn(details: object, message: string): void },
): DirectoryLock | undefined {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(join(directory, LOCK_FILE), { timeout: 0 })
    database.exec('begin exclusive')
  } catch (error) {
    database?.close()
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) {
      logger.warn({ err: error }, `${directory} cannot be locked: run no second agent on it`)
      return undefined
    }
    throw new AgentError(
      `another agent runs on ${directory}; stop it, or set VIGIE_AGENT_DATA to another directory`,
      { cause: error },
    )
  }
  const held = database
  return { close: () => held.close() }
}
