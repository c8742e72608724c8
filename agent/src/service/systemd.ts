// Owns the agent as a service of systemd.
import { existsSync } from 'node:fs'
import { AgentError } from '../agent-error.ts'
import { putFile, removePath } from './definition-file.ts'
import { at, reasonOf, type Machine } from './machine.ts'
import type { ServiceManager } from './service-manager.ts'
import { makeUser, removeUser, USER } from './service-user.ts'
import { systemdUnit } from './systemd-unit.ts'

const SERVICE = 'vigie-agent.service'
const UNIT = `/etc/systemd/system/${SERVICE}`
const DATA = '/var/lib/vigie-agent'
const PACKAGED = [`/usr/lib/systemd/system/${SERVICE}`, `/lib/systemd/system/${SERVICE}`]

export function createSystemd(machine: Machine): ServiceManager {
  const systemctl = (...args: string[]) => machine.ask('systemctl', args)
  const must = async (...args: string[]): Promise<void> => {
    const answer = await systemctl(...args)
    if (answer.status === 0) return
    throw new AgentError(
      `systemctl ${args.join(' ')} failed (${reasonOf(answer)}); see: journalctl -u vigie-agent -n 20`,
    )
  }

  return {
    name: 'systemd',
    executable: '/usr/local/bin/vigie-agent',
    dataDirectory: DATA,
    settingsFile: '/etc/vigie-agent.env',

    async start(executable) {
      // A package brings a unit of its own.
      if (!PACKAGED.some((path) => existsSync(at(machine, path)))) {
        const version = await versionOf(machine)
        putFile(at(machine, UNIT), systemdUnit({ executable, version }))
      }
      await makeUser(machine, DATA)
      await owned(machine)
      await must('daemon-reload')
      await must('--quiet', 'enable', SERVICE)
      await systemctl('reset-failed', SERVICE)
      await must('restart', SERVICE)
    },

    async remove() {
      await systemctl('--quiet', 'disable', '--now', SERVICE)
      removePath(at(machine, UNIT))
      removePath(at(machine, `${UNIT}.d`))
      await systemctl('daemon-reload')
      await systemctl('reset-failed', SERVICE)
      await removeUser(machine)
    },

    async state() {
      const asked = await systemctl('show', SERVICE, '--property=LoadState,ActiveState', '--value')
      const [load = '', active = ''] = asked.out.trim().split('\n')
      return { isInstalled: load === 'loaded', isRunning: active === 'active', word: active }
    },
  }
}

// What root wrote when it joined is the service's.
async function owned(machine: Machine): Promise<void> {
  const answer = await machine.ask('chown', ['-R', `${USER}:`, at(machine, DATA)])
  if (answer.status !== 0)
    throw new AgentError(`${DATA} could not be given to ${USER} (${reasonOf(answer)})`)
}

async function versionOf(machine: Machine): Promise<number> {
  const answer = await machine.ask('systemctl', ['--version'])
  return Number(/^systemd (\d+)/.exec(answer.out)?.[1] ?? 0)
}
