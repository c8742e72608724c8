// Owns the user that the service runs as, on systems with /etc/passwd: one of the system, without a password or a shell.
// Not one that systemd makes up while the service runs: the message bus turns away users that /etc/passwd does not know.
import { AgentError } from '../agent-error.ts'
import { reasonOf, type Machine } from './machine.ts'

export const USER = 'vigie-agent'

/** Makes the user and a group of its name. Idempotent. */
export async function makeUser(machine: Machine, home: string): Promise<void> {
  if ((await machine.ask('id', [USER])).status === 0) return
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
  const shadow = await machine.ask('useradd', [...options, '--home-dir', home, USER])
  if (shadow.status === 0) return
  // BusyBox has no useradd.
  await machine.ask('addgroup', ['-S', USER])
  const busybox = ['-S', '-D', '-H', '-h', home, '-s', '/sbin/nologin', '-G', USER, USER]
  const made = await machine.ask('adduser', busybox)
  if (made.status === 0) return
  const reason = reasonOf(shadow.status === null ? made : shadow)
  throw new AgentError(`no user ${USER} could be made (${reason}); make it and install again`)
}

/** Idempotent. */
export async function removeUser(machine: Machine): Promise<void> {
  if ((await machine.ask('id', [USER])).status !== 0) return
  if ((await machine.ask('userdel', [USER])).status !== 0) await machine.ask('deluser', [USER])
  // Gone with its user, unless that was made otherwise.
  if ((await machine.ask('groupdel', [USER])).status === null) await machine.ask('delgroup', [USER])
}
