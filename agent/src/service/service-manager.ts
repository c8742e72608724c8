// Owns what a service manager is to the agent, and which one this machine has.
import { existsSync } from 'node:fs'
import { AgentError } from '../agent-error.ts'
import { createLaunchd } from './launchd.ts'
import { at, type Machine } from './machine.ts'
import { createOpenRc } from './openrc.ts'
import { createSystemd } from './systemd.ts'
import { createWindowsService } from './windows-service.ts'

export interface ServiceState {
  readonly isInstalled: boolean
  readonly isRunning: boolean
  /** In the manager's own word, such as `active` or `failed`. */
  readonly word: string
}

export interface ServiceManager {
  readonly name: string
  /** Where the executable belongs, and where the service keeps its data. */
  readonly executable: string
  readonly dataDirectory: string
  /** Of settings, `NAME=VALUE` a line, which the service is started with. */
  readonly settingsFile: string
  /** Closes the data directory to all but the service before anything is written to it, where its mode does not say that. */
  makePrivate?(): Promise<void>
  /** Has the service let go of its executable, where one that runs cannot be replaced. */
  stop?(): Promise<void>
  /**
   * Writes the service, has it start with the machine, and starts it anew when it ran. The same again changes nothing
   * but that. Throws an AgentError that says what the manager said.
   */
  start(executable: string): Promise<void>
  /** Stops and removes the service, and the user that it had. Idempotent. */
  remove(): Promise<void>
  /** Where a program cannot just be removed because it runs. */
  removeProgram?(): void
  state(): Promise<ServiceState>
}

/** Throws an AgentError where there is no manager that Vigie knows. */
export function serviceManagerOf(machine: Machine): ServiceManager {
  const { platform } = machine
  if (platform === 'darwin') return createLaunchd(machine)
  if (platform === 'win32') return createWindowsService(machine)
  if (existsSync(at(machine, '/run/systemd/system'))) return createSystemd(machine)
  if (existsSync(at(machine, '/run/openrc'))) return createOpenRc(machine)
  throw new AgentError(
    'no service manager that Vigie knows runs here (systemd, OpenRC, launchd, services of Windows); ' +
      'have yours, or the container, start: vigie-agent run',
  )
}
