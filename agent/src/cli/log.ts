// Owns how the daemon logs: JSON lines on stderr, for the journal and its readers.
import { pino, type Logger } from 'pino'
import type { LogLevel } from '../settings.ts'

export function createLogger(level: LogLevel): Logger {
  return pino(
    { level, base: { name: 'vigie-agent' }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )
}
