// Owns the agent's settings: environment variables, checked at the start, an unknown value stops it.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { AGENT_INTERVALS_MS } from '@vigie/shared/protocol/limits'
import { AgentError } from './agent-error.ts'

export interface Settings {
  /** Where the identity lives. */
  readonly dataDirectory: string
  readonly intervalMs: number
  /** How much time of ticks is kept on the disk while the hub is away, and how much room it may take. */
  readonly spool: { readonly spanMs: number; readonly maxBytes: number }
  /** Above it the agent does less (budget/budget.ts). */
  readonly budget: { readonly maxCpuRatio: number; readonly maxMemoryBytes: number }
  readonly logLevel: LogLevel
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const INTERVALS: Readonly<Record<string, number>> = Object.fromEntries(
  AGENT_INTERVALS_MS.map((intervalMs) => [`${intervalMs / 1000}s`, intervalMs]),
)

export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const interval = environment['VIGIE_AGENT_INTERVAL'] || '1s'
  const intervalMs = INTERVALS[interval]
  if (!intervalMs) throw refused('VIGIE_AGENT_INTERVAL', interval, Object.keys(INTERVALS))
  const level = environment['VIGIE_LOG_LEVEL'] || 'info'
  const logLevel = LOG_LEVELS.find((known) => known === level)
  if (!logLevel) throw refused('VIGIE_LOG_LEVEL', level, LOG_LEVELS)
  const dataDirectory = environment['VIGIE_AGENT_DATA'] || defaultDirectory(environment)
  const spool = {
    spanMs: quantity(environment, 'VIGIE_AGENT_SPOOL', SPANS),
    maxBytes: quantity(environment, 'VIGIE_AGENT_SPOOL_SIZE', SIZES),
  }
  const budget = {
    maxCpuRatio: quantity(environment, 'VIGIE_AGENT_MAX_CPU', SHARES),
    maxMemoryBytes: quantity(environment, 'VIGIE_AGENT_MAX_MEMORY', MEMORY),
  }
  return { dataDirectory, intervalMs, spool, budget, logLevel }
}

interface Quantity {
  readonly byDefault: string
  readonly units: Readonly<Record<string, number>>
  readonly least: number
  readonly allowed: string
}

const HOUR_MS = 3_600_000
const SPANS: Quantity = {
  byDefault: '24h',
  units: { m: 60_000, h: HOUR_MS, d: 24 * HOUR_MS },
  least: HOUR_MS,
  allowed: 'a time of 1h or more, such as 36h or 10d',
}
const SIZES: Quantity = {
  byDefault: '256MB',
  units: { MB: 1e6, GB: 1e9 },
  least: 1e6,
  allowed: 'a size of 1MB or more, such as 512MB or 2GB',
}

const SHARES: Quantity = {
  byDefault: '20%',
  units: { '%': 0.01 },
  least: 0.0001,
  allowed: 'a share of one core from 0.01%, such as 5%',
}
const MEMORY: Quantity = {
  byDefault: '256MB',
  units: { MB: 1e6, GB: 1e9 },
  least: 1e6,
  allowed: 'a size of 1MB or more, such as 128MB',
}

function quantity(environment: NodeJS.ProcessEnv, name: string, of: Quantity): number {
  const written = environment[name] || of.byDefault
  const [, digits, unit = ''] = /^(\d{1,6}(?:\.\d{1,2})?)([A-Za-z]+|%)$/.exec(written) ?? []
  const value = Number(digits) * (of.units[unit] ?? NaN)
  if (!(value >= of.least)) throw refused(name, written, [of.allowed])
  return value
}

function refused(name: string, value: string, allowed: readonly string[]): AgentError {
  return new AgentError(`${name} is "${value}"; allowed: ${allowed.join(', ')}`, { exitCode: 2 })
}

function defaultDirectory(environment: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/lib/vigie-agent'
  // A service of Windows has no home.
  if (process.platform === 'win32') {
    return join(environment['ProgramData'] ?? 'C:\\ProgramData', 'vigie-agent')
  }
  const state = environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return join(state, 'vigie-agent')
}
