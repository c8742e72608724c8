// Owns the agent's settings: environment variables, checked at the start, an unknown value stops it.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { AgentError } from './agent-error.ts'

export interface Settings {
  /** Where the identity lives. */
  readonly dataDirectory: string
  readonly intervalMs: number
  readonly logLevel: LogLevel
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const INTERVALS: Readonly<Record<string, number>> = {
  '1s': 1_000,
  '5s': 5_000,
  '10s': 10_000,
  '60s': 60_000,
}

export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const interval = environment['VIGIE_AGENT_INTERVAL'] || '1s'
  const intervalMs = INTERVALS[interval]
  if (!intervalMs) throw refused('VIGIE_AGENT_INTERVAL', interval, Object.keys(INTERVALS))
  const level = environment['VIGIE_LOG_LEVEL'] || 'info'
  const logLevel = LOG_LEVELS.find((known) => known === level)
  if (!logLevel) throw refused('VIGIE_LOG_LEVEL', level, LOG_LEVELS)
  const dataDirectory = environment['VIGIE_AGENT_DATA'] || defaultDirectory(environment)
  return { dataDirectory, intervalMs, logLevel }
}

function refused(name: string, value: string, allowed: readonly string[]): AgentError {
  return new AgentError(`${name} is "${value}"; allowed: ${allowed.join(', ')}`, { exitCode: 2 })
}

function defaultDirectory(environment: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/lib/vigie-agent'
  const state = environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return join(state, 'vigie-agent')
}
