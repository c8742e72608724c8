// Owns the agent as a daemon of launchd (macOS).
import { AgentError } from '../agent-error.ts'
import { putFile, removePath } from './definition-file.ts'
import { at, reasonOf, type Machine } from './machine.ts'
import type { ServiceManager } from './service-manager.ts'

const LABEL = 'vigie-agent'
const PLIST = `/Library/LaunchDaemons/${LABEL}.plist`
const USER = '_vigieagent'
const DATA = '/var/lib/vigie-agent'
const SETTINGS = '/etc/vigie-agent.env'
const LOG = '/var/log/vigie-agent.log'
/** Apple leaves these ids of the system to others. */
const IDS = { first: 450, last: 499 }

export function createLaunchd(machine: Machine): ServiceManager {
  const must = async (program: string, ...args: string[]): Promise<void> => {
    const answer = await machine.ask(program, args)
    if (answer.status === 0) return
    throw new AgentError(`${program} ${args.join(' ')} failed (${reasonOf(answer)}); see: ${LOG}`)
  }
  const unload = () => machine.ask('launchctl', ['bootout', `system/${LABEL}`])

  return {
    name: 'launchd',
    executable: '/usr/local/bin/vigie-agent',
    dataDirectory: DATA,
    settingsFile: SETTINGS,

    async start(executable) {
      await makeUser(machine, must)
      await must('chown', '-R', USER, DATA)
      await must('touch', LOG)
      await must('chown', USER, LOG)
      putFile(at(machine, PLIST), launchdPlist(executable))
      await unload()
      await must('launchctl', 'bootstrap', 'system', PLIST)
    },

    async remove() {
      await unload()
      removePath(at(machine, PLIST))
      removePath(at(machine, LOG))
      await machine.ask('dscl', ['.', '-delete', `/Users/${USER}`])
    },

    async state() {
      const answer = await machine.ask('launchctl', ['print', `system/${LABEL}`])
      const word = /state = (.+)/.exec(answer.out)?.[1] ?? 'not loaded'
      return { isInstalled: answer.status === 0, isRunning: word === 'running', word }
    },
  }
}

/** The text of the property list; see man 5 launchd.plist. */
export function launchdPlist(executable: string): string {
  const command = `set -a; [ ! -f ${SETTINGS} ] || . ${SETTINGS}; exec '${executable}' run`
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>${LABEL}</string>
  <key>ProgramArguments</key><array><string>/bin/sh</string><string>-c</string><string>${command}</string></array>
  <key>UserName</key><string>${USER}</string>
  <key>EnvironmentVariables</key><dict><key>VIGIE_AGENT_DATA</key><string>${DATA}</string></dict>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><true/>
  <key>ThrottleInterval</key><integer>10</integer>
  <key>Umask</key><integer>63</integer>
  <key>StandardErrorPath</key><string>${LOG}</string>
</dict>
</plist>
`
}

async function makeUser(
  machine: Machine,
  must: (program: string, ...args: string[]) => Promise<void>,
): Promise<void> {
  if ((await machine.ask('id', [USER])).status === 0) return
  const { out } = await machine.ask('dscl', ['.', '-list', '/Users', 'UniqueID'])
  const taken = new Set([...out.matchAll(/\s(-?\d+)$/gm)].map(([, id]) => Number(id)))
  let id = IDS.first
  while (taken.has(id) && id < IDS.last) id++
  const set = (key: string, value: string) =>
    must('dscl', '.', '-create', `/Users/${USER}`, key, value)
  await set('UniqueID', String(id))
  // nobody's group: it may do nothing.
  await set('PrimaryGroupID', '-2')
  await set('UserShell', '/usr/bin/false')
  await set('NFSHomeDirectory', '/var/empty')
  await set('IsHidden', '1')
}
