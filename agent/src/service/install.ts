// Owns `vigie-agent install`: this executable in its place, this machine joined, a service that starts with it.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { isSea } from 'node:sea'
import { parseJoinToken } from '@vigie/shared/protocol/handshake'
import { AgentError } from '../agent-error.ts'
import { join } from '../cli/join.ts'
import { readIdentity } from '../identity/identity-file.ts'
import { readSettings } from '../settings.ts'
import { contentOf, putFile } from './definition-file.ts'
import { at, say, thisMachine, type Machine } from './machine.ts'
import { serviceManagerOf, type ServiceManager } from './service-manager.ts'

export interface InstallOptions {
  /** Where to join, and with what; neither where this machine has joined already. */
  readonly url?: string
  readonly token?: string
  readonly name?: string
  readonly force?: boolean
  readonly environment: NodeJS.ProcessEnv
  readonly machine?: Machine
  /** What to install; this process's own program unless a test says otherwise. */
  readonly program?: string
}

/** Settings of the shell that installs, which the service is to have too. */
const CARRIED = /^(VIGIE_AGENT_(?!DATA$)\w+|VIGIE_LOG_LEVEL|NODE_EXTRA_CA_CERTS)$/

/** Done twice it is an upgrade in place: another executable, the same identity. Throws an AgentError, changing nothing then. */
export async function install(options: InstallOptions): Promise<void> {
  const { machine = thisMachine } = options
  const program = options.program ?? ownProgram()
  requireAdministrator(machine, 'install')
  // What the service would end at once for, and be given up.
  readSettings(options.environment)
  const manager = serviceManagerOf(machine)
  await joinIfNeeded(options, machine, manager)
  const executable = await place(program, manager, machine)
  carrySettings(options.environment, manager, machine)
  await manager.start(executable)
  say(`the service vigie-agent runs, and starts with this machine (${manager.name})`)
}

export function requireAdministrator(machine: Machine, command: string): void {
  if (machine.isAdministrator) return
  throw new AgentError(
    machine.platform === 'win32'
      ? `only an administrator can do that; run vigie-agent ${command} in a shell opened "as administrator"`
      : `only root can do that; run: sudo vigie-agent ${command}`,
  )
}

// A service that ran from somebody's checkout would end with it.
function ownProgram(): string {
  if (isSea()) return process.execPath
  throw new AgentError(
    'only the executable installs itself; make it with "npm run package", then run: sudo dist/vigie-agent-… install',
  )
}

async function joinIfNeeded(
  { url, token, name, force = false, environment }: InstallOptions,
  machine: Machine,
  manager: ServiceManager,
): Promise<void> {
  const directory = at(machine, manager.dataDirectory)
  const existing = force ? undefined : identityOf(directory)
  if (url === undefined || token === undefined) {
    if (existing) return
    throw new AgentError(
      'this machine has joined no hub; "Add a host" shows the line to paste, or run: vigie-agent install URL TOKEN',
      { exitCode: 2 },
    )
  }
  if (existing) {
    const hub = parseJoinToken(token)?.hubFingerprint
    if (hub === existing.hubFingerprint) {
      say(
        `this machine is ${existing.name} at ${existing.hubUrl} already; the token was not needed`,
      )
      return
    }
    throw new AgentError(
      `this machine has joined ${existing.hubUrl} as ${existing.name}; use --force to leave it for another hub`,
    )
  }
  const isNew = !existsSync(directory)
  try {
    if (manager.makePrivate) {
      mkdirSync(directory, { recursive: true })
      await manager.makePrivate()
    }
    await join({
      url,
      token,
      force,
      environment: { ...environment, VIGIE_AGENT_DATA: directory },
      ...(name !== undefined && { name }),
    })
  } catch (error) {
    if (isNew) rmSync(directory, { recursive: true, force: true })
    throw error
  }
}

function identityOf(directory: string): ReturnType<typeof readIdentity> {
  return existsSync(directory) ? readIdentity(directory) : undefined
}

/** Puts the program where it belongs, unless a package has put it where it is. Returns where the service finds it. */
async function place(program: string, manager: ServiceManager, machine: Machine): Promise<string> {
  const source = realpathSync(program)
  if (/^\/usr\/(s?bin|lib)\//.test(source)) return source
  const target = at(machine, manager.executable)
  if (source !== (existsSync(target) && realpathSync(target))) {
    mkdirSync(dirname(target), { recursive: true })
    await manager.stop?.()
    // A program that runs cannot be written, but another can take its name.
    const temporary = `${target}.${process.pid}.tmp`
    copyFileSync(source, temporary)
    chmodSync(temporary, 0o755)
    renameSync(temporary, target)
    say(`installed ${manager.executable}`)
  }
  return manager.executable
}

function carrySettings(
  environment: NodeJS.ProcessEnv,
  { settingsFile }: ServiceManager,
  machine: Machine,
): void {
  const given = Object.entries(environment).filter(([key, value]) => CARRIED.test(key) && value)
  if (given.length === 0) return
  const path = at(machine, settingsFile)
  const before = contentOf(path)
  const settings = given.reduce(
    (text, [key, value = '']) => withSetting(text, key, value),
    before ?? '',
  )
  // It may be closed to others for what else stands in it.
  putFile(path, settings, before === undefined ? undefined : statSync(path).mode & 0o777)
  say(`settings of this shell are kept in ${settingsFile}`)
}

// In the line that the setting has already, else at the end: all other lines are the administrator's.
function withSetting(text: string, key: string, value: string): string {
  const line = `${key}=${quoted(value)}`
  const own = new RegExp(`^${key}=.*$`, 'gm')
  if (text.search(own) >= 0) return text.replace(own, () => line)
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`
}

// As a shell, systemd and windows-service/service.c read it.
function quoted(value: string): string {
  return /^[\w./:%+-]*$/.test(value) ? value : `"${value.replaceAll(/["\\$`]/g, '\\$&')}"`
}
