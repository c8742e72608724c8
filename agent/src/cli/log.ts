// Owns how the daemon logs: JSON lines on stderr in pino's shape, for the journal and the tools that read it. Not pino
// itself, which would take 2 of the daemon's 60 MiB.
import { writeSync } from 'node:fs'
import type { AgentLogger } from '../agent.ts'
import type { LogLevel } from '../settings.ts'

const LEVELS: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 }

/** A logger of what is at least as grave as `lowest`. Errors under `err` are written out with their cause. */
export function createLogger(lowest: LogLevel): AgentLogger {
  const at = (level: LogLevel) => (details: object, message: string) => {
    if (LEVELS[level] >= LEVELS[lowest]) writeLine(LEVELS[level], details, message)
  }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

function writeLine(level: number, details: object, message: string): void {
  const time = new Date().toISOString()
  const line = JSON.stringify({ level, time, name: 'vigie-agent', ...details, msg: message }, plain)
  try {
    writeSync(2, `${line}\n`)
  } catch {
    // Nobody reads, nobody reads fast enough, the disk is full: a daemon does not stop for its log.
  }
}

function plain(_: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value
  return { type: value.name, message: value.message, stack: value.stack, cause: value.cause }
}
