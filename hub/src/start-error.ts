// Owns what a person is told when the hub cannot start: one line that says what is wrong and what to do.
import type { Settings } from './settings.ts'

/** The line for an error, without the program's name. */
export function startError(error: unknown, settings: Settings | undefined): string {
  const { code, message } = asSystemError(error)
  const listen = settings ? `${settings.listen.host}:${settings.listen.port}` : 'the address'
  const data = settings?.dataDirectory ?? 'the data directory'
  switch (code) {
    case 'EADDRINUSE':
      return `${listen} is in use: stop the other program (another hub?), or set VIGIE_LISTEN to a free port`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${listen} is not an address of this machine: set VIGIE_LISTEN to one that is`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
    case 'SQLITE_CANTOPEN':
      return message.includes('listen ')
        ? `${listen} may not be listened on by this user: set VIGIE_LISTEN to a port from 1024 on`
        : `${data} cannot be written: give this user the right to, or set VIGIE_DATA to another directory`
    case 'ENOENT':
      // The parents exist by then: it is the file system that takes no directory, as /proc does not.
      return message.includes(', mkdir ')
        ? `${data} cannot be made: set VIGIE_DATA to a directory on a disk`
        : message
    case 'EISDIR':
      return `a directory stands in ${data} where the hub keeps a file: move it away, or set VIGIE_DATA to another directory`
    case 'ENOTDIR':
    case 'EEXIST':
      return `${data} is not a directory: set VIGIE_DATA to one`
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return `the disk of ${data} is full: free some space, or set VIGIE_DATA to another disk`
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `the database in ${data} is damaged: restore a backup of it, or move it away to start anew`
    case 'SQLITE_BUSY':
      return `the database in ${data} is locked by another program: stop it (another hub?) and start again`
    default:
      return message.replaceAll('\n', ' ')
  }
}

function asSystemError(error: unknown): { code: string | undefined; message: string } {
  if (!(error instanceof Error)) return { code: undefined, message: String(error) }
  const { code } = error as NodeJS.ErrnoException
  return { code, message: error.message }
}
