// Owns the agent as a service of OpenRC (Alpine, Gentoo).
import { AgentError } from '../agent-error.ts'
import { putFile, removePath } from './definition-file.ts'
import { at, reasonOf, type Machine } from './machine.ts'
import type { ServiceManager } from './service-manager.ts'
import { makeUser, removeUser, USER } from './service-user.ts'

const SERVICE = 'vigie-agent'
const SCRIPT = `/etc/init.d/${SERVICE}`
const DATA = '/var/lib/vigie-agent'

export function createOpenRc(machine: Machine): ServiceManager {
  const must = async (program: string, ...args: string[]): Promise<void> => {
    const answer = await machine.ask(program, args)
    if (answer.status === 0) return
    throw new AgentError(
      `${program} ${args.join(' ')} failed (${reasonOf(answer)}); see: tail /var/log/vigie-agent.log`,
    )
  }

  return {
    name: 'OpenRC',
    executable: '/usr/local/bin/vigie-agent',
    dataDirectory: DATA,
    settingsFile: '/etc/vigie-agent.env',

    async start(executable) {
      await makeUser(machine, DATA)
      putFile(at(machine, SCRIPT), openRcScript(executable), 0o755)
      await must('chown', '-R', `${USER}:`, DATA)
      await must('rc-update', '--quiet', 'add', SERVICE, 'default')
      await must('rc-service', SERVICE, 'restart')
    },

    async remove() {
      await machine.ask('rc-service', [SERVICE, 'stop'])
      await machine.ask('rc-update', ['--quiet', 'del', SERVICE])
      removePath(at(machine, SCRIPT))
      removePath(at(machine, '/var/log/vigie-agent.log'))
      removePath(at(machine, '/run/vigie-agent'))
      await removeUser(machine)
    },

    async state() {
      const answer = await machine.ask('rc-service', [SERVICE, 'status'])
      const word = /status: (\w+)/.exec(answer.out)?.[1] ?? reasonOf(answer)
      const isInstalled = (await machine.ask('rc-service', ['--exists', SERVICE])).status === 0
      return { isInstalled, isRunning: answer.status === 0, word }
    },
  }
}

/** The text of /etc/init.d/vigie-agent; see man 8 openrc-run. */
export function openRcScript(executable: string): string {
  return `#!/sbin/openrc-run
# Written by vigie-agent install, which writes it anew. Yours: /etc/vigie-agent.env
name="Vigie agent"
description="Samples this machine and pushes to its hub"
supervisor=supervise-daemon
command="${executable}"
command_args="run"
command_user="${USER}:${USER}"
respawn_delay=5
output_log="/var/log/vigie-agent.log"
error_log="/var/log/vigie-agent.log"
umask=0077

depend() {
  after net clock
}

start_pre() {
  checkpath --directory --owner ${USER}:${USER} --mode 0700 ${DATA} /run/vigie-agent
  checkpath --file --owner ${USER}:${USER} --mode 0640 /var/log/vigie-agent.log
  # Not no_new_privs=yes: OpenRC 0.45 makes it an option that its supervisor does not know. Older ones know none.
  if supervise-daemon ${SERVICE} --help 2>&1 | grep -q -e --no-new-privs; then
    supervise_daemon_args="--no-new-privs"
  fi
  set -a
  [ ! -f /etc/vigie-agent.env ] || . /etc/vigie-agent.env
  VIGIE_AGENT_DATA=${DATA} RUNTIME_DIRECTORY=/run/vigie-agent
}
`
}
