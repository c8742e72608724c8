// Owns the agent as a service of Windows, under a user of its own that Windows makes for it (a virtual account). What answers the
// service control manager, and keeps the agent running, is a small program in C beside it: windows-service/service.c.
import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { win32 } from 'node:path'
import { getRawAsset } from 'node:sea'
import { setTimeout } from 'node:timers/promises'
import { AgentError } from '../agent-error.ts'
import { at, reasonOf, say, type Machine } from './machine.ts'
import type { ServiceManager } from './service-manager.ts'

const SERVICE = 'vigie-agent'
const USER = `NT SERVICE\\${SERVICE}`
const USERS_RIGHT = `${USER}:(OI)(CI)M`
const ADMINISTRATORS = '*S-1-5-32-544'
const SYSTEM = '*S-1-5-18'
/** Of the program in C, in the executable (scripts/package.mjs). */
const SERVICE_PROGRAM = 'vigie-agent-service.exe'
/** Longer than the service gives the agent to stop. */
const PATIENCE_MS = 30_000
const LOOK_EVERY_MS = 200

export function createWindowsService(
  machine: Machine,
  serviceProgram: () => ArrayBuffer = () => getRawAsset(SERVICE_PROGRAM),
): ServiceManager {
  const must = async (program: string, ...args: string[]): Promise<void> => {
    const answer = await machine.ask(program, args)
    if (answer.status === 0) return
    throw new AgentError(`${program} ${args[0] ?? ''} failed (${reasonOf(answer)})`)
  }
  const sc = (...args: string[]) => machine.ask('sc.exe', args)
  const programs = win32.join(process.env['ProgramFiles'] ?? 'C:\\Program Files', 'Vigie')
  const dataDirectory = win32.join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'vigie-agent')
  const program = win32.join(programs, SERVICE_PROGRAM)

  const state: ServiceManager['state'] = async () => {
    const answer = await sc('query', SERVICE)
    // The names of its lines are in the language of Windows, what they say is not.
    const word = /:\s+\d\s+([A-Z]+(?:_PENDING)?)\s*$/m.exec(answer.out)?.[1] ?? 'not installed'
    return { isInstalled: answer.status === 0, isRunning: word === 'RUNNING', word }
  }
  const until = async (wanted: string): Promise<boolean> => {
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
      const { isInstalled, word } = await state()
      if (word === wanted) return true
      if (!isInstalled || (wanted === 'RUNNING' && word === 'STOPPED')) return false
      await setTimeout(LOOK_EVERY_MS)
    }
    return false
  }
  const stop = async () => {
    if ((await sc('stop', SERVICE)).status !== 0 || (await until('STOPPED'))) return
    throw new AgentError(`the service ${SERVICE} does not stop; end ${SERVICE_PROGRAM}, then again`)
  }

  return {
    name: 'Windows services',
    executable: win32.join(programs, 'vigie-agent.exe'),
    dataDirectory,
    settingsFile: win32.join(dataDirectory, 'vigie-agent.env'),

    // Everybody may make directories in ProgramData, and whoever made one could open it again.
    async makePrivate() {
      await must('icacls.exe', dataDirectory, '/setowner', ADMINISTRATORS, '/T', '/C', '/Q')
      await must('icacls.exe', dataDirectory, '/reset', '/T', '/C', '/Q')
      const rights = [ADMINISTRATORS, SYSTEM].map((who) => `${who}:(OI)(CI)F`)
      // The agent may be running in it, and runs on should the hub refuse. Without a service Windows knows no such user.
      if ((await state()).isInstalled) rights.push(USERS_RIGHT)
      const grants = rights.flatMap((right) => ['/grant:r', right])
      await must('icacls.exe', dataDirectory, '/inheritance:r', ...grants, '/Q')
    },

    stop,

    async start() {
      await stop()
      // It says that it has stopped just before it ends.
      rmSync(at(machine, program), { force: true, maxRetries: 20, retryDelay: 100 })
      writeFileSync(at(machine, program), Buffer.from(serviceProgram()))
      if (!(await state()).isInstalled) {
        const asWhom = ['start=', 'auto', 'obj=', USER, 'DisplayName=', 'Vigie agent']
        await must('sc.exe', 'create', SERVICE, 'binPath=', `"${program}"`, ...asWhom)
      }
      const words = 'Samples this machine and pushes to its hub'
      await must('sc.exe', 'description', SERVICE, words)
      // Should what keeps the agent running end itself.
      const restarts = 'restart/5000/restart/5000/restart/60000'
      await must('sc.exe', 'failure', SERVICE, 'reset=', '86400', 'actions=', restarts)
      // Of all privileges the one that everybody has.
      const without = await sc('privs', SERVICE, 'SeChangeNotifyPrivilege')
      if (without.status !== 0) {
        say(`the privileges of the service could not be made less (${reasonOf(without)})`)
      }
      await must('icacls.exe', dataDirectory, '/grant', USERS_RIGHT, '/Q')
      await must('sc.exe', 'start', SERVICE)
      if (!(await until('RUNNING'))) {
        const log = win32.join(dataDirectory, 'vigie-agent.log')
        throw new AgentError(`the service ${SERVICE} does not run; see: ${log}`)
      }
    },

    async remove() {
      await stop()
      // It is there until nobody asks for it, and its program has ended.
      if ((await sc('delete', SERVICE)).status === 0) await until('not installed')
    },

    // A program that runs cannot be removed on Windows, and it may be this one: a shell does, once it has ended.
    removeProgram() {
      const remove = `rmdir /s /q "${programs}" 2>nul & (if not exist "${programs}" exit 0)`
      const again = `for /l %i in (1,1,60) do @(${remove} & ping -n 2 127.0.0.1 >nul)`
      spawn('cmd.exe', ['/d', '/s', '/c', `"${again}"`], {
        cwd: process.env['SystemRoot'],
        detached: true,
        stdio: 'ignore',
        windowsHide: true,
        windowsVerbatimArguments: true,
      }).unref()
    },

    state,
  }
}
