// Owns `vigie-agent status`: whether the agent runs, and how it stands with its hub. Exit status as of systemctl: 0 it
// runs, 3 it does not.
import { AgentError } from '../agent-error.ts'
import { agentVersion } from '../cli/version.ts'
import { readSettings } from '../settings.ts'
import { at, thisMachine, type Machine } from './machine.ts'
import { serviceManagerOf, type ServiceState } from './service-manager.ts'
import { overMemory, readStanding, standingPlace, type Standing } from './standing.ts'

const NOT_RUNNING = 3

export interface StatusOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly machine?: Machine
  readonly isJson?: boolean
}

/** Prints it, and sets the exit status. */
export async function status({
  environment,
  machine = thisMachine,
  isJson,
}: StatusOptions): Promise<void> {
  const service = await serviceState(machine)
  const standing = service?.isInstalled
    ? (readStanding(at(machine, '/run/vigie-agent')) ?? ofForeground(environment, machine))
    : ofForeground(environment, machine)
  const isRunning = service?.isRunning || standing !== undefined
  if (!isRunning) process.exitCode = NOT_RUNNING
  process.stdout.write(
    isJson
      ? `${JSON.stringify({ isRunning, service: service ?? null, standing: standing ?? null })}\n`
      : `${linesOf(isRunning, service, standing).join('\n')}\n`,
  )
}

async function serviceState(machine: Machine): Promise<ServiceState | undefined> {
  try {
    return await serviceManagerOf(machine).state()
  } catch (error) {
    // Without a manager it may run in the foreground, as in a container.
    if (error instanceof AgentError) return undefined
    throw error
  }
}

function ofForeground(environment: NodeJS.ProcessEnv, machine: Machine): Standing | undefined {
  const { dataDirectory } = readSettings(environment)
  const standing = readStanding(standingPlace(environment, at(machine, dataDirectory)).directory)
  return standing && isAlive(standing.pid) ? standing : undefined
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function linesOf(
  isRunning: boolean,
  service: ServiceState | undefined,
  standing: Standing | undefined,
): string[] {
  const as = service?.isInstalled ? `service: ${service.word}` : 'no service'
  if (!standing) {
    return [
      `vigie-agent ${isRunning ? 'runs' : 'does not run'} (${as})`,
      ...(isRunning ? [] : [`version      ${agentVersion()} here`]),
    ]
  }
  const { hub, host, pid, startedMs, isConnected, sinceMs, lastAckMs, spooledTicks } = standing
  return [
    `vigie-agent runs since ${time(startedMs)} (${service?.isInstalled ? as : 'in the foreground'}, pid ${pid})`,
    `version      ${standing.version}`,
    `hub          ${hub}, as ${host}`,
    `connection   ${isConnected ? 'connected' : 'away'} since ${time(sinceMs)}`,
    `last ack     ${lastAckMs === null ? 'none since the start' : time(lastAckMs)}`,
    `waiting      ${spooledTicks} samples`,
    `interval     ${standing.intervalMs / 1000} s${standing.slowdown > 0 ? ', slowed down to stay within its budget' : ''}`,
    ...(standing.overMemoryBytes ? [`memory       ${overMemory(standing.overMemoryBytes)}`] : []),
  ]
}

function time(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
